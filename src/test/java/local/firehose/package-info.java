/** A stand-in for Firehose: it follows a Kinesis stream and writes objects to S3, through the real clients. */
package local.firehose;
