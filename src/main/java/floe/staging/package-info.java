/** The files that Firehose staged in S3, and their lines. */
package floe.staging;
