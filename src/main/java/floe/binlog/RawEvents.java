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

/**
 * Has the binlog client hand over every event as its bytes, and decode none: whatever is in them, the client cannot fail
 * on it, nor pass over it. It goes on knowing the file that it reads, and nothing else.
 */
public final class RawEvents extends EventDeserializer {

    private static final int CHECKSUM_BYTES = 4;

    private final int mostBytes;
    private final Consumer<RawEvent> taker;
    private int checksumBytes;

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
    @Deprecated
    public void setChecksumType(ChecksumType checksumType) {
        checksumBytes = checksumType.getLength();
    }

    @Override
    public Event nextEvent(ByteArrayInputStream input) throws IOException {
        if (input.peek() == -1) {
            return null;
        }
        EventHeader header = EventHeader.read(input.read(EventHeader.BYTES));
        byte[] bytes = input.read(header.kept(mostBytes));
        boolean whole = bytes.length == header.bodyBytes();
        skip(input, header.bodyBytes() - bytes.length);
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

    private static void skip(ByteArrayInputStream input, long bytes) throws IOException {
        byte[] chunk = new byte[(int) Math.min(bytes, 1 << 16)];
        long left = bytes;
        while (left > 0) {
            int some = (int) Math.min(left, chunk.length);
            input.fill(chunk, 0, some);
            left -= some;
        }
    }
}
