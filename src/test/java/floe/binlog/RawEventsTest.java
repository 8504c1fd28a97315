package floe.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawEventsTest {

    private static final int MOST_BYTES = 1_000;

    private final List<RawEvent> taken = new ArrayList<>();
    private final RawEvents events = new RawEvents(MOST_BYTES, taken::add);

    @BeforeEach
    void checksums() {
        events.setChecksumType(ChecksumType.CRC32);
    }

    @Test
    void takesEventsWithoutTheirChecksums() throws Exception {
        ByteArrayInputStream input = connection(event(1, new byte[10]), event(2, new byte[2_000]));

        events.nextEvent(input);
        events.nextEvent(input);

        assertThat(taken).extracting(RawEvent::size).containsExactly(10L, 2_000L);
    }

    @Test
    void takesNothingThatIsNotAsItWasWritten() throws Exception {
        for (int size : new int[] {0, 1, 100, MOST_BYTES, 5_000}) {
            byte[] event = event(1, new byte[size]);
            for (int place : new int[] {0, 4, 5, 13, event.length / 2, event.length - 5, event.length - 1}) {
                byte[] changed = event.clone();
                changed[place]++;

                RawEvents one = new RawEvents(MOST_BYTES, taken::add);
                one.setChecksumType(ChecksumType.CRC32);
                assertThatThrownBy(() -> one.nextEvent(connection(changed)))
                        .isInstanceOfAny(UnreadableEvent.class, IOException.class);
            }
        }
        assertThat(taken).isEmpty();
    }

    /** The client would go on with what it has of the connection. */
    @Test
    void takesNothingAfterWhatItCouldNotRead() throws Exception {
        byte[] changed = event(1, new byte[10]);
        changed[EventHeader.BYTES]++;
        ByteArrayInputStream input = connection(changed, event(2, new byte[10]));

        assertThatThrownBy(() -> events.nextEvent(input)).isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> events.nextEvent(input)).isInstanceOf(IOException.class);
        assertThat(taken).isEmpty();
    }

    private static ByteArrayInputStream connection(byte[]... events) {
        BinlogBytes bytes = new BinlogBytes();
        for (byte[] event : events) {
            bytes.raw(event);
        }
        return new ByteArrayInputStream(bytes.all());
    }

    private static byte[] event(int number, byte[] body) {
        int length = EventHeader.BYTES + body.length + 4;
        byte[] whole = new BinlogBytes()
                .little(1_700_000_000, 4)
                .raw(EventTypes.XID)
                .little(1, 4)
                .little(length, 4)
                .little(4_000L * number, 4)
                .little(0, 2)
                .raw(body)
                .all();
        CRC32 checksum = new CRC32();
        checksum.update(whole);
        return new BinlogBytes().raw(whole).little(checksum.getValue(), 4).all();
    }
}
