package floe.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Has the binlog client hand over every event as its bytes, and decode none: whatever is in them, the client cannot fail
 * on it, nor pass over it. It goes on knowing the file that it reads, and nothing else.
 */
public final class RawEvents extends EventDeserializer {

    private static final int CHECKSUM_BYTES = 4;

    private final int mostBytes;
    private final Consumer<RawEvent> taker;
    private int checksumBytes;
    private boolean broken;

    /**
     * @param mostBytes of an event; of a larger one only the beginning is kept
     * @param taker is given each event on the client's thread, and may block it
     */
    public RawEvents(int mostBytes, Consumer<RawEvent> taker) {
        this.mostBytes = mostBytes;
        this.taker = taker;
    }

    /** What the server has agreed on with the client; events in a compressed transaction have none. */
    @Override
    @SuppressWarnings("deprecation")
    public void setChecksumType(ChecksumType checksumType) {
        checksumBytes = checksumType.getLength();
    }

    /**
     * Reads the next event. Nothing is read after one that could not be: where it ended is not known then, though the
     * client would go on with what it has of the connection.
     *
     * @throws UnreadableEvent if it is not as MySQL wrote it
     */
    @Override
    public Event nextEvent(ByteArrayInputStream input) throws IOException {
        if (broken) {
            throw new IOException("An event before this one could not be read");
        }
        boolean read = false;
        try {
            Event event = next(input);
            read = true;
            return event;
        } finally {
            broken = !read;
        }
    }

    private Event next(ByteArrayInputStream input) throws IOException {
        if (input.peek() == -1) {
            return null;
        }
        CRC32 checksum = new CRC32();
        byte[] head = input.read(EventHeader.BYTES);
        checksum.update(head);
        EventHeader header = EventHeader.read(head);
        // The server changes the first event of a file while it writes to that file.
        int checked = header.type() == EventTypes.FORMAT_DESCRIPTION ? 0 : checksumBytes;
        byte[] bytes = input.read(header.kept(mostBytes));
        boolean whole = bytes.length == header.bodyBytes();
        checksum.update(bytes, 0, whole ? bytes.length - checked : bytes.length);
        if (!whole) {
            skip(input, header.bodyBytes() - bytes.length - checked, checksum);
        }
        if (checked > 0) {
            Cells last = whole
                    ? new Cells(bytes, bytes.length - checked, bytes.length)
                    : new Cells(input.read(checked), 0, checked);
            check(header, last.u4() == checksum.getValue());
        }
        if (header.type() == EventTypes.FORMAT_DESCRIPTION) {
            // Its last five bytes are the kind of checksum and a checksum, which this event has in any case.
            checksumBytes = bytes[bytes.length - CHECKSUM_BYTES - 1] == 0 ? 0 : CHECKSUM_BYTES;
        }
        RawEvent event = new RawEvent(
                header.type(),
                header.millis(),
                header.start(),
                header.next(),
                header.flags(),
                bytes,
                0,
                whole ? bytes.length - checksumBytes : bytes.length,
                header.bodyBytes() - checksumBytes);
        taker.accept(event);
        return forClient(event);
    }

    private static void check(EventHeader header, boolean same) {
        if (!same) {
            throw new UnreadableEvent("The event of the binlog that ends at offset " + header.next()
                    + " does not have the checksum that MySQL wrote with it: it was changed in MySQL's file or on its way."
                    + " Capture reads it again; if this stays, look at the file with mysqlbinlog"
                    + " --verify-binlog-checksum, and if it is broken, take a snapshot: floe snapshot");
        }
    }

    /** The event as the client is to see it: it follows where it reads, by files alone. */
    private static Event forClient(RawEvent event) {
        EventHeaderV4 header = new EventHeaderV4();
        header.setTimestamp(event.millis());
        header.setEventLength(EventHeader.BYTES + event.size());
        header.setNextPosition(event.next());
        header.setFlags(event.flags());
        EventData data = event;
        header.setEventType(EventType.IGNORABLE);
        if (event.type() == EventTypes.ROTATE) {
            header.setEventType(EventType.ROTATE);
            data = rotation(event);
        }
        return new Event(header, data);
    }

    private static RotateEventData rotation(RawEvent event) {
        Rotation next = Rotation.read(event);
        RotateEventData rotation = new RotateEventData();
        rotation.setBinlogPosition(next.offset());
        rotation.setBinlogFilename(next.file());
        return rotation;
    }

    private static void skip(ByteArrayInputStream input, long bytes, CRC32 checksum) throws IOException {
        byte[] chunk = new byte[(int) Math.min(bytes, 1 << 16)];
        long left = bytes;
        while (left > 0) {
            int some = (int) Math.min(left, chunk.length);
            input.fill(chunk, 0, some);
            checksum.update(chunk, 0, some);
            left -= some;
        }
    }
}
