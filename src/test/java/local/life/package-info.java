/** Four schemas as people grow them, and a random life of their tables: the same one for the same seed. */
package local.life;
