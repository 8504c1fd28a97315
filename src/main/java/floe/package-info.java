/** The application: its start, its command line, and what Quarkus needs to know about the routes. */
package floe;
