/** From rows, shapes and truncations to event lines. */
package floe.encoding;
