/** What capture remembers between two runs, and what must be read again. */
package floe.state;
