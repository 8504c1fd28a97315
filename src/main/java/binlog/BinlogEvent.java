package binlog;

import change.Position;
import change.TableId;
import org.apache.kafka.connect.source.SourceRecord;

/** Something that happened in the source, at its position. */
public sealed interface BinlogEvent {

    /** Where it stands in the source's order. */
    Position position();

    /**
     * The change of one row, or the truncation of its table.
     *
     * @param record Debezium's record, with an envelope as its value
     * @param server the {@code server_uuid} of the server it was read from
     */
    record Row(SourceRecord record, String server, Position position) implements BinlogEvent {}

    /**
     * One or more table definitions changed.
     *
     * @param record Debezium's record, with a schema change as its value
     * @param server the {@code server_uuid} of the server it was read from
     */
    record Definition(SourceRecord record, String server, Position position) implements BinlogEvent {}

    /**
     * A snapshot of a table is complete.
     *
     * @param millis when it was complete, in milliseconds since 1970 (UTC)
     * @param position the position at which the snapshot began
     */
    record SnapshotEnd(TableId table, String server, long millis, Position position) implements BinlogEvent {}
}
