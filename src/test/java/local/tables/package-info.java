/** Tables as MySQL describes them, and what they hold on both sides. */
package local.tables;
