package floe.snapshot;

/**
 * What is read at most.
 *
 * @param atOnce of a table that is read by one statement
 * @param rowBytes of a row, in its large cells
 */
record ReadLimits(TableSize atOnce, long rowBytes) {}
