/** The procedure calls that the configuration names for row mode. */
package floe.templates;
