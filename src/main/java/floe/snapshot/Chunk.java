package floe.snapshot;

import java.util.List;

/**
 * Rows that follow each other in the order in which a table is read.
 *
 * @param rows each with the cells of the table's columns, as {@link floe.encoding.CellWriter#text} takes them
 * @param next where reading goes on
 * @param last whether nothing comes behind it: the table, or its part, was read to the end
 * @param size for the next chunk
 */
record Chunk(List<byte[][]> rows, Place next, boolean last, ChunkSize size) {}
