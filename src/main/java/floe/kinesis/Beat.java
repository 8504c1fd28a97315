package floe.kinesis;

import floe.change.Position;
import floe.change.StoredMarks;
import floe.change.TableId;

/**
 * What a heartbeat is to tell behind the lines that are put with it.
 *
 * @param table one that is captured: what reads the stream may take no line without a table
 * @param position the highest one of the binlog with these lines; null if there is none
 * @param before what was stored of the run before this one; null if there was none
 */
public record Beat(TableId table, Position position, StoredMarks before) {}
