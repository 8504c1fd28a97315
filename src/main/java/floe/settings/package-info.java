/** The configuration, by key, with one clear message where it is missing or wrong. */
package floe.settings;
