/** What the application shows over HTTP, and to whom: health, and Hawtio with what its user may do. */
package floe.web;
