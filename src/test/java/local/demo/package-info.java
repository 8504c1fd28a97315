/** The demonstration: a change travels from a real MySQL to a Snowflake table, on one machine. */
package local.demo;
