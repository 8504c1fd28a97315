package floe.debezium;

import floe.binlog.CommitTimes;
import floe.binlog.Sighting;
import floe.capture.CaptureFailed;
import floe.capture.Mark;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.change.ChangeType;
import floe.change.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What Debezium's records say, in Floe's own words: the only reader of them. Names of fields and headers are those of
 * Debezium's MySQL connector. For use by one thread at a time.
 *
 * @see <a href="https://debezium.io/documentation/reference/stable/connectors/mysql.html">Debezium connector for MySQL</a>
 */
final class SourceRecords {

    /** A header of Floe's own, on the last record of a poll. */
    private static final String COMMITTED = "floe.committed";

    /** For each topic, which is that of one table, the table as the last row was read. */
    private final Map<String, RowReader> rowReaders = new HashMap<>();

    /** What the record tells of. */
    SourceEvent event(SourceRecord sourceRecord) {
        if (sourceRecord.value() instanceof Sighting sighting) {
            return new SourceEvent.Seen(sighting);
        }
        Mark mark = new Mark(sourceRecord.sourceOffset(), committed(sourceRecord));
        if (isRow(sourceRecord)) {
            return row(sourceRecord, mark);
        }
        if (sourceRecord.value() instanceof Struct value && value.schema().field("tableChanges") != null) {
            List<Struct> changes = value.getArray("tableChanges");
            return new SourceEvent.Shapes(
                    changes == null
                            ? List.of()
                            : changes.stream().map(SourceRecords::shape).toList(),
                    origin(value.getStruct("source"), false),
                    mark);
        }
        return new SourceEvent.Heartbeat(mark);
    }

    /** Whether the record is the change of a row or the truncation of a table. */
    static boolean isRow(SourceRecord sourceRecord) {
        return sourceRecord.value() instanceof Struct value && value.schema().field("op") != null;
    }

    /** Whether the record tells of something in the binlog, not in a snapshot, whose last row has a complete offset. */
    static boolean isFromBinlog(SourceRecord sourceRecord) {
        return sourceRecord.value() instanceof Struct value
                && (value.schema().field("op") != null || value.schema().field("tableChanges") != null)
                && !isSnapshot(value.getStruct("source").getString("snapshot"));
    }

    /** Marks the record with how far the source had been read when Debezium made it. */
    static void mark(SourceRecord sourceRecord, CommitTimes times) {
        if (sourceRecord.value() instanceof Struct value
                && value.schema().field("ts_ms") != null
                && value.get("ts_ms") instanceof Long made) {
            times.at(made).ifPresent(committed -> sourceRecord.headers().addLong(COMMITTED, committed));
        }
    }

    private SourceEvent row(SourceRecord sourceRecord, Mark mark) {
        Struct envelope = (Struct) sourceRecord.value();
        Struct source = envelope.getStruct("source");
        ChangeType type = type(envelope.getString("op"));
        if (type == ChangeType.TRUNCATE) {
            return new SourceEvent.Truncation(table(source), origin(source, false), mark);
        }
        RowReader reader = rowReaders.get(sourceRecord.topic());
        if (reader == null || !reader.isOf(envelope.schema())) {
            reader = new RowReader(table(source), sourceRecord.keySchema(), envelope.schema());
            rowReaders.put(sourceRecord.topic(), reader);
        }
        return new SourceEvent.Row(
                reader.version(),
                type,
                reader.before(envelope),
                reader.after(envelope),
                keyChange(sourceRecord),
                origin(source, true),
                mark);
    }

    /** The operations of Debezium's envelope: create, read (by a snapshot), update, delete, truncate. */
    private static ChangeType type(String operation) {
        return switch (operation) {
            case "c", "r" -> ChangeType.WRITE;
            case "u" -> ChangeType.UPDATE;
            case "d" -> ChangeType.DELETE;
            case "t" -> ChangeType.TRUNCATE;
            default -> throw new CaptureFailed("Debezium gave the unknown operation '" + operation + "'");
        };
    }

    /** Debezium makes of a changed key the delete of the old one and the write of the new one, next to each other. */
    private static SourceEvent.KeyChange keyChange(SourceRecord sourceRecord) {
        if (sourceRecord.headers().isEmpty()) {
            return SourceEvent.KeyChange.NONE;
        }
        if (sourceRecord.headers().lastWithName("__debezium.newkey") != null) {
            return SourceEvent.KeyChange.DELETES_OLD;
        }
        return sourceRecord.headers().lastWithName("__debezium.oldkey") == null
                ? SourceEvent.KeyChange.NONE
                : SourceEvent.KeyChange.WRITES_NEW;
    }

    /**
     * Where it comes from. Debezium's row number, which counts from 0, is that of some earlier event on whole tables and on
     * the rows of a snapshot.
     */
    private static Origin origin(Struct source, boolean ofRow) {
        boolean snapshot = isSnapshot(source.getString("snapshot"));
        return new Origin(
                source.getString("file"),
                source.getInt64("pos"),
                ofRow && !snapshot ? source.getInt32("row") + 1L : 0,
                snapshot ? null : source.getString("gtid"),
                source.getInt64("ts_ms"),
                snapshot);
    }

    private static TableId table(Struct source) {
        return new TableId(source.getString("db"), source.getString("table"));
    }

    /** One of Debezium's table changes; its {@code id} reads {@code "schema"."table"}. */
    private static SourceEvent.Shape shape(Struct tableChange) {
        String[] parts = tableChange.getString("id").split("\\.", 2);
        TableId table = new TableId(unquoted(parts[0]), unquoted(parts[1]));
        boolean drop = "DROP".equals(tableChange.getString("type"));
        return new SourceEvent.Shape(table, drop ? null : TableChangeShape.of(tableChange));
    }

    private static boolean isSnapshot(String snapshot) {
        return snapshot != null && !"false".equals(snapshot);
    }

    private static OptionalLong committed(SourceRecord sourceRecord) {
        var mark = sourceRecord.headers().lastWithName(COMMITTED);
        return mark == null ? OptionalLong.empty() : OptionalLong.of((Long) mark.value());
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
    }
}
