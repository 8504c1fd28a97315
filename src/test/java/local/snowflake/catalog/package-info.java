/** The account: its databases, tables and procedures, its sessions and their transactions, and the statements on them. */
package local.snowflake.catalog;
