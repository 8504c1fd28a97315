/** The command line. */
package floe;
