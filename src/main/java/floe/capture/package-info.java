/** The run of capture: Camel's consumer, the loop, what it is told and what it shows; and the seam to what reads MySQL. */
package floe.capture;
