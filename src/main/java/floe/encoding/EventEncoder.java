package floe.encoding;

import floe.capture.BinlogEvent;
import floe.debezium.SourceRecords;
import floe.debezium.TableChangeShape;
import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.TableId;
import floe.change.TableShape;
import floe.kinesis.KeyedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Turns what happened in the binlog into event lines. */
public final class EventEncoder {

    /** One for each table, by its topic: each start of the engine makes new schemas, and the old ones are large. */
    private final Map<String, OfSchema> rowEncoders = new ConcurrentHashMap<>();

    /** Schemas are told apart by identity: Debezium keeps one until its table changes, and comparing them is costly. */
    private record OfSchema(Schema schema, RowEncoder encoder) {}

    /** The lines of a batch, in its order. */
    public List<KeyedLine> encode(List<BinlogEvent> events) {
        List<KeyedLine> lines = new ArrayList<>(events.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (ChangeWriter writer = new ChangeWriter(out)) {
            for (BinlogEvent event : events) {
                if (event instanceof BinlogEvent.Row row) {
                    lines.add(line(encoder(row).write(row, writer), out));
                } else if (event instanceof BinlogEvent.Definition definition) {
                    for (Struct change : definition.tables()) {
                        lines.add(line(write(change, definition, writer), out));
                    }
                } else if (event instanceof BinlogEvent.SnapshotEnd end) {
                    lines.add(line(write(end, writer), out));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private RowEncoder encoder(BinlogEvent.Row row) {
        Struct envelope = (Struct) row.record().value();
        OfSchema known = rowEncoders.get(row.record().topic());
        if (known == null || known.schema() != envelope.schema()) {
            known = new OfSchema(envelope.schema(), new RowEncoder(envelope));
            rowEncoders.put(row.record().topic(), known);
        }
        return known.encoder();
    }

    private static int write(Struct tableChange, BinlogEvent.Definition event, ChangeWriter writer) throws IOException {
        TableId table = SourceRecords.table(tableChange);
        TableShape shape = SourceRecords.isDrop(tableChange) ? null : TableChangeShape.of(tableChange);
        Struct origin = event.source();
        boolean snapshot = SourceRecords.isSnapshot(origin.getString("snapshot"));
        var source = new ChangeWriter.Source(
                event.server(), snapshot ? null : origin.getString("gtid"), origin.getInt64("ts_ms"), snapshot);
        writer.writeTable(table, ChangeType.QUERY, shape, event.position(), source);
        return table.hashCode();
    }

    private static int write(BinlogEvent.SnapshotEnd end, ChangeWriter writer) throws IOException {
        var source = new ChangeWriter.Source(end.server(), null, end.millis(), true);
        writer.writeTable(end.table(), ChangeType.SNAPSHOT, null, end.position(), source);
        return end.table().hashCode();
    }

    private static KeyedLine line(int keyHash, ByteArrayOutputStream out) {
        byte[] bytes = out.toByteArray();
        out.reset();
        return new KeyedLine(keyHash, bytes);
    }
}
