/** Snowflake's SQL: its words, and its translation to what H2 runs. */
package local.snowflake.sql;
