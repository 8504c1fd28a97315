/** The Snowflake side: names, types, the statements that set it up, and what its failures mean. */
package floe.snowflake;
