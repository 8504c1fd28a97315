/** Dead letters: the lines that cannot be applied, how they are kept, and how they are put back. */
package floe.letters;
