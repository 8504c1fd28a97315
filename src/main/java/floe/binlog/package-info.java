/** What the binlog shows that is no row: statements, prepared transactions, what nobody reads, times of commits. */
package floe.binlog;
