/** The command line: its commands, each a class. */
package floe.cli;
