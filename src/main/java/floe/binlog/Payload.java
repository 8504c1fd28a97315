package floe.binlog;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The events of a TRANSACTION_PAYLOAD, a whole transaction in one event, as
 * {@code binlog_transaction_compression=ON} has MySQL write it. They are inflated one by one.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Transaction__payload__event.html">
 *     Transaction_payload_event</a>
 */
public final class Payload implements Closeable {

    private static final int END = 0;
    private static final int COMPRESSION = 2;
    private static final int ZSTD = 0;
    private static final int NONE = 255;

    private final InputStream events;
    private final int mostBytes;

    /** @param mostBytes of an event in it; of a larger one only the beginning is kept */
    public Payload(RawEvent event, int mostBytes) throws IOException {
        this.mostBytes = mostBytes;
        Cells body = event.body();
        long compression = NONE;
        for (int field = (int) body.packed(); field != END; field = (int) body.packed()) {
            int length = (int) body.packed();
            int from = body.skip(length);
            if (field == COMPRESSION) {
                compression = new Cells(body.bytes(), from, from + length).packed();
            }
        }
        int bytes = body.left();
        InputStream stored = new ByteArrayInputStream(body.bytes(), body.skip(bytes), bytes);
        if (compression == ZSTD) {
            events = new ZstdInputStream(stored);
        } else if (compression == NONE) {
            events = stored;
        } else {
            throw new UnreadableEvent("a transaction is compressed by the unknown method " + compression);
        }
    }

    /** The next event; empty after the last. */
    public Optional<RawEvent> next() throws IOException {
        byte[] first = events.readNBytes(EventHeader.BYTES);
        if (first.length == 0) {
            return Optional.empty();
        }
        EventHeader header = EventHeader.read(first);
        long size = header.bodyBytes();
        byte[] bytes = events.readNBytes(header.kept(mostBytes));
        events.skipNBytes(size - bytes.length);
        return Optional.of(
                new RawEvent(header.type(), header.millis(), 0, 0, header.flags(), bytes, 0, bytes.length, size));
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
