/** A stand-in for S3: s3proxy over memory, with faults on request. */
package local.s3;
