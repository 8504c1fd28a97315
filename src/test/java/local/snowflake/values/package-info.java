/** Snowflake's types, the values of each, how one becomes another, and the errors when it cannot. */
package local.snowflake.values;
