/** How fast Floe is, beside the limits of what it stands on. */
package local.bench;
