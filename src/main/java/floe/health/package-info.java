/** What shows that a stage is alive and gets on. */
package floe.health;
