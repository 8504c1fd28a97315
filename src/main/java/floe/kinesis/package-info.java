/** Putting event lines on a Kinesis stream, in order per row. */
package floe.kinesis;
