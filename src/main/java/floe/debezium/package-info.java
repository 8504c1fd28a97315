/** Debezium as what reads the binlog: nobody else knows its types, or Kafka's. */
package floe.debezium;
