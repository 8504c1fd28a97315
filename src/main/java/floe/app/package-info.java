/** The application: its start, its roles, and what Quarkus needs to know about the routes. */
package floe.app;
