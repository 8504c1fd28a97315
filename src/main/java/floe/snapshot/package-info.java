/** Reads the tables as they are, before the binlog is read. */
package floe.snapshot;
