/** Snowflake Scripting: the bodies of procedures, read and run. */
package local.snowflake.scripting;
