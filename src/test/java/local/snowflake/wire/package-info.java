/** The protocol that Snowflake's drivers speak: logins, queries and their answers over HTTP. */
package local.snowflake.wire;
