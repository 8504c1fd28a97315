package floe.encoding;

import floe.binlog.TableLayout;
import floe.binlog.UnreadableEvent;
import floe.capture.Batch;
import floe.capture.BinlogEvent;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.SnapshotMark;
import floe.change.TableId;
import floe.change.TableShape;
import floe.kinesis.Lines;
import floe.kinesis.StreamSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Turns what happened in MySQL into event lines. May be used by several threads, each of which has writers of its own. */
public final class EventEncoder {

    private final int lanes;
    private final ThreadLocal<Map<TableId, OfVersion>> encoders = ThreadLocal.withInitial(HashMap::new);

    private record OfVersion(TableLayout version, RowEncoder encoder) {}

    /** @param settings say how many lanes the stream has: on each of them a snapshot ends once */
    public EventEncoder(StreamSettings settings) {
        this(settings.limits().lanes());
    }

    EventEncoder(int lanes) {
        this.lanes = lanes;
    }

    /** The lines of a batch, in its order. Rows that cannot be written are left out, and the batch is told of them. */
    public Lines encode(Batch batch) {
        Lines lines = new Lines(batch.turn(), batch.beat());
        ChangeWriter writer = null;
        try {
            for (BinlogEvent event : batch.events()) {
                if (writer == null) {
                    writer = new ChangeWriter(lines.out());
                }
                try {
                    write(event, batch, writer, lines);
                } catch (UnreadableEvent e) {
                    SourceEvent.Located located = event.event();
                    batch.setAside(table(located), "its rows cannot be read: " + e.getMessage(), located.origin());
                    // The writer is in the middle of a line, and what it holds back is part of it.
                    writer = null;
                    lines.takeBack();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private void write(BinlogEvent at, Batch batch, ChangeWriter writer, Lines lines) throws IOException {
        SourceEvent.Located event = at.event();
        Origin origin = event.origin();
        ChangeWriter.Source source =
                new ChangeWriter.Source(at.server(), origin.gtid(), origin.millis(), origin.snapshot());
        if (event instanceof SourceEvent.Rows rows) {
            batch.written(encoder(rows.table()).write(rows, at.position(), source, writer.json(), lines));
        } else if (event instanceof SourceEvent.Reads reads) {
            encoder(reads.table()).write(reads.rows(), at.position(), source, writer.json(), lines);
            batch.written(reads.rows().size());
        } else if (event instanceof SourceEvent.Truncation truncation) {
            write(truncation.table(), ChangeType.TRUNCATE, null, at, source, writer, lines);
        } else if (event instanceof SourceEvent.Shape shape) {
            write(shape.table(), ChangeType.QUERY, shape.shape(), at, source, writer, lines);
        } else if (event instanceof SourceEvent.SnapshotBegin begin) {
            for (TableId table : begin.tables()) {
                write(table, SnapshotMark.begin(), table.hashCode(), at, source, writer, lines);
            }
        } else if (event instanceof SourceEvent.SnapshotCancelled cancelled) {
            for (TableId table : cancelled.tables()) {
                write(table, SnapshotMark.cancelled(), table.hashCode(), at, source, writer, lines);
            }
        } else if (event instanceof SourceEvent.SnapshotEnd end) {
            for (TableId table : end.tables()) {
                for (int lane = 0; lane < lanes; lane++) {
                    write(table, SnapshotMark.end(lane, lanes), lane, at, source, writer, lines);
                }
            }
        }
    }

    private static void write(
            TableId table,
            SnapshotMark mark,
            int keyHash,
            BinlogEvent at,
            ChangeWriter.Source source,
            ChangeWriter writer,
            Lines lines)
            throws IOException {
        writer.writeSnapshot(table, mark, at.position(), source);
        lines.end(keyHash);
    }

    private static void write(
            TableId table,
            ChangeType type,
            TableShape shape,
            BinlogEvent at,
            ChangeWriter.Source source,
            ChangeWriter writer,
            Lines lines)
            throws IOException {
        writer.writeTable(table, type, shape, at.position(), source);
        lines.end(table.hashCode());
    }

    private static TableId table(SourceEvent.Located event) {
        return event instanceof SourceEvent.Rows rows
                ? rows.table().id()
                : ((SourceEvent.Reads) event).table().id();
    }

    /** One for each table: versions are large, and an old one does not come back. */
    @SuppressWarnings("ReferenceEquality") // A version is itself and no other; comparing what it holds would be costly.
    private RowEncoder encoder(TableLayout version) {
        Map<TableId, OfVersion> known = encoders.get();
        OfVersion last = known.get(version.id());
        if (last == null || last.version() != version) {
            last = new OfVersion(version, new RowEncoder(version));
            known.put(version.id(), last);
        }
        return last.encoder();
    }
}
