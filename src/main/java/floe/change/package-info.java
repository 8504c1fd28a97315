/** The change event: what travels on Kinesis and S3, one JSON object a line. */
package floe.change;
