/** What stand-ins that are HTTP servers have in common: the server, its clients, and the switch for what goes wrong. */
package local.http;
