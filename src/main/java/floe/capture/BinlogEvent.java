package floe.capture;

import floe.change.Position;
import floe.change.TableId;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
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
     * @param source Debezium's source block of the record that tells of it
     * @param tables Debezium's table changes, those of captured tables only
     * @param server the {@code server_uuid} of the server it was read from
     */
    record Definition(Struct source, List<Struct> tables, String server, Position position) implements BinlogEvent {

        public Definition {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A snapshot of a table is complete.
     *
     * @param millis when it was complete, in milliseconds since 1970 (UTC)
     * @param position the position at which the snapshot began
     */
    record SnapshotEnd(TableId table, String server, long millis, Position position) implements BinlogEvent {}
}
