/** Reading MySQL's binlog with Debezium: batches, offsets that move only after the acknowledgement, exact values. */
package floe.binlog;
