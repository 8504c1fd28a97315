package floe.capture;

import floe.change.Position;
import floe.change.TableId;
import java.util.List;

/** Something that happened in the source, at its position. */
public sealed interface BinlogEvent {

    /** Where it stands in the source's order. */
    Position position();

    /** The {@code server_uuid} of the server it was read from. */
    String server();

    /** The change of one row. */
    record Row(SourceEvent.Row row, String server, Position position) implements BinlogEvent {}

    /** A table was truncated. */
    record Truncation(TableId table, Origin origin, String server, Position position) implements BinlogEvent {}

    /**
     * One or more table definitions changed.
     *
     * @param tables those of captured tables only
     */
    record Definition(List<SourceEvent.Shape> tables, Origin origin, String server, Position position)
            implements BinlogEvent {

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
