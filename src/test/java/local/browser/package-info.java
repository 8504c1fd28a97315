/** A real browser, to look at what Floe shows in one. */
package local.browser;
