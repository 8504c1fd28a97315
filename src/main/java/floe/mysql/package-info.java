/** What the MySQL server says about itself: its tables, its settings, and what of them cannot be copied. */
package floe.mysql;
