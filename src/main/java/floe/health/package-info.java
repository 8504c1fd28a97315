/** What shows that a stage is alive and makes progress. */
package floe.health;
