package floe.encoding;

import floe.capture.BinlogEvent;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.capture.TableVersion;
import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.TableId;
import floe.kinesis.KeyedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what happened in the binlog into event lines. */
public final class EventEncoder {

    /** One for each table: each start of the engine makes new versions, and the old ones are large. */
    private final Map<TableId, OfVersion> rowEncoders = new ConcurrentHashMap<>();

    private record OfVersion(TableVersion version, RowEncoder encoder) {}

    /** The lines of a batch, in its order. */
    public List<KeyedLine> encode(List<BinlogEvent> events) {
        List<KeyedLine> lines = new ArrayList<>(events.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (ChangeWriter writer = new ChangeWriter(out)) {
            for (BinlogEvent event : events) {
                if (event instanceof BinlogEvent.Row row) {
                    lines.add(line(encoder(row.row().table()).write(row, writer), out));
                } else if (event instanceof BinlogEvent.Truncation truncation) {
                    lines.add(line(write(truncation, writer), out));
                } else if (event instanceof BinlogEvent.Definition definition) {
                    for (SourceEvent.Shape shape : definition.tables()) {
                        lines.add(line(write(shape, definition, writer), out));
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

    /** Where an event comes from, as its line says it. */
    static ChangeWriter.Source source(Origin origin, String server) {
        return new ChangeWriter.Source(server, origin.gtid(), origin.millis(), origin.snapshot());
    }

    @SuppressWarnings("ReferenceEquality") // A version is itself and no other; comparing what it holds would be costly.
    private RowEncoder encoder(TableVersion version) {
        OfVersion known = rowEncoders.get(version.id());
        if (known == null || known.version() != version) {
            known = new OfVersion(version, new RowEncoder(version));
            rowEncoders.put(version.id(), known);
        }
        return known.encoder();
    }

    private static int write(BinlogEvent.Truncation event, ChangeWriter writer) throws IOException {
        var source = source(event.origin(), event.server());
        writer.writeTable(event.table(), ChangeType.TRUNCATE, null, event.position(), source);
        return event.table().hashCode();
    }

    private static int write(SourceEvent.Shape shape, BinlogEvent.Definition event, ChangeWriter writer)
            throws IOException {
        var source = source(event.origin(), event.server());
        writer.writeTable(shape.table(), ChangeType.QUERY, shape.definition(), event.position(), source);
        return shape.table().hashCode();
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
