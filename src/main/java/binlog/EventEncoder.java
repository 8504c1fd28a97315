package binlog;

import change.ChangeType;
import change.ChangeWriter;
import change.TableId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import kinesis.KeyedLine;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Turns what happened in the binlog into event lines. */
public final class EventEncoder {

    /** Schemas change with DDL only; this many are far more than a source has tables. */
    private static final int SCHEMAS_KEPT = 100_000;

    private final ChangeWriter writer = new ChangeWriter();
    /** By identity: Debezium keeps a table's schema object until the table changes, and its hash is costly. */
    private final Map<Schema, RowWriter> rowWriters = Collections.synchronizedMap(new IdentityHashMap<>());

    /** The lines of a batch, in its order. */
    public List<KeyedLine> encode(List<BinlogEvent> events) {
        List<KeyedLine> lines = new ArrayList<>(events.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try {
            for (BinlogEvent event : events) {
                if (event instanceof BinlogEvent.Row row) {
                    encodeRow(row, out, lines);
                } else if (event instanceof BinlogEvent.Definition definition) {
                    encodeDefinition(definition, out, lines);
                } else if (event instanceof BinlogEvent.SnapshotEnd end) {
                    var source = new ChangeWriter.Source(end.server(), null, end.millis(), true);
                    writer.writeTable(out, end.table(), ChangeType.SNAPSHOT, null, end.position(), source);
                    lines.add(line(end.table().hashCode(), out));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private void encodeRow(BinlogEvent.Row event, ByteArrayOutputStream out, List<KeyedLine> lines) throws IOException {
        SourceRecord sourceRecord = event.record();
        Struct value = (Struct) sourceRecord.value();
        Struct origin = value.getStruct("source");
        TableId table = new TableId(origin.getString("db"), origin.getString("table"));
        ChangeWriter.Source source = source(origin, event.server());
        ChangeType type = type(value.getString("op"));
        if (type == ChangeType.TRUNCATE) {
            writer.writeTable(out, table, type, null, event.position(), source);
            lines.add(line(table.hashCode(), out));
            return;
        }
        Struct key = (Struct) sourceRecord.key();
        if (key == null) {
            throw new IllegalStateException(
                    "The table " + table + " has no primary key, by which its rows could be told"
                            + " apart; give it one, or remove it from capture.tables");
        }
        List<String> keyColumns =
                key.schema().fields().stream().map(Field::name).toList();
        writer.writeRow(
                out,
                table,
                type,
                image(value.getStruct("before")),
                image(value.getStruct("after")),
                keyColumns,
                event.position(),
                source);
        lines.add(line(31 * table.hashCode() + RowWriter.keyHash(key), out));
    }

    private void encodeDefinition(BinlogEvent.Definition event, ByteArrayOutputStream out, List<KeyedLine> lines)
            throws IOException {
        for (Struct change : event.tables()) {
            TableId table = SourceRecords.table(change);
            writer.writeTable(
                    out,
                    table,
                    ChangeType.QUERY,
                    SourceRecords.isDrop(change) ? null : TableShape.of(change),
                    event.position(),
                    source(event.source(), event.server()));
            lines.add(line(table.hashCode(), out));
        }
    }

    private ChangeWriter.Part image(Struct row) {
        if (row == null) {
            return null;
        }
        RowWriter known = rowWriters.get(row.schema());
        if (known == null) {
            if (rowWriters.size() > SCHEMAS_KEPT) {
                rowWriters.clear();
            }
            known = new RowWriter(row.schema());
            rowWriters.put(row.schema(), known);
        }
        return known.columns(row);
    }

    private static KeyedLine line(int keyHash, ByteArrayOutputStream out) {
        byte[] bytes = out.toByteArray();
        out.reset();
        return new KeyedLine(keyHash, bytes);
    }

    private static ChangeWriter.Source source(Struct origin, String server) {
        boolean snapshot = SourceRecords.isSnapshot(origin);
        return new ChangeWriter.Source(
                server, snapshot ? null : origin.getString("gtid"), origin.getInt64("ts_ms"), snapshot);
    }

    /** The operations of Debezium's envelope: create, read (by a snapshot), update, delete, truncate. */
    private static ChangeType type(String operation) {
        return switch (operation) {
            case "c", "r" -> ChangeType.WRITE;
            case "u" -> ChangeType.UPDATE;
            case "d" -> ChangeType.DELETE;
            case "t" -> ChangeType.TRUNCATE;
            default -> throw new IllegalArgumentException("Debezium gave the unknown operation '" + operation + "'");
        };
    }
}
