/** What Hawtio sees of the running application, and what its user may do. */
package hawtio;
