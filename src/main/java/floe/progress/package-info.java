/** What became of each staged file: told once, shown as health and as meters. */
package floe.progress;
