/** Where meters are kept, whatever runs the routes. */
package floe.metrics;
