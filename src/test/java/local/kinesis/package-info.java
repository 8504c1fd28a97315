/** A stand-in for Kinesis Data Streams that the AWS SDK talks to over its real protocols. */
package local.kinesis;
