/** From the lines of a staged file to procedure calls and dead letters. */
package floe.load;
