/** A local stand-in for Snowflake: the real JDBC driver talks to it over its own protocol, and H2 holds the tables. */
package local.snowflake;
