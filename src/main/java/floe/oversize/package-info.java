/** Rows too large for a record of the stream: they wait in S3, and their events name where. */
package floe.oversize;
