/** The local stand-in for RDS MySQL 8: a real mysqld on this machine, set up as Floe asks for it. */
package local.mysql;
