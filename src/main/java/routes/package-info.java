/** The routes: from the binlog to Kinesis, from S3 to Snowflake, and the dead letters. */
package routes;
