/** Where meters are kept, whatever runs the routes. */
package metrics;
