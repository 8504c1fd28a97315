package floe.binlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of the binlog, written by hand. Numbers begin with their lowest byte. */
public final class BinlogBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Bytes as they are. */
    public BinlogBytes raw(int... more) {
        for (int one : more) {
            bytes.write(one);
        }
        return this;
    }

    /** Bytes as they are. */
    public BinlogBytes raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    /** A number of so many bytes. */
    public BinlogBytes little(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >> (8 * i)));
        }
        return this;
    }

    /** A number of MySQL's packed form. */
    public BinlogBytes packed(long value) {
        if (value < 0xfb) {
            return little(value, 1);
        }
        if (value < 1 << 16) {
            return little(0xfc, 1).little(value, 2);
        }
        return value < 1 << 24
                ? little(0xfd, 1).little(value, 3)
                : little(0xfe, 1).little(value, 8);
    }

    /** A text in UTF-8. */
    public BinlogBytes text(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text of at most 255 bytes, after its length. */
    public BinlogBytes lengthAndText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return little(encoded.length, 1).raw(encoded);
    }

    /** All of them. */
    public byte[] all() {
        return bytes.toByteArray();
    }

    /** All of them as the rows of an event. */
    public RowImages images() {
        return new RowImages(all(), 0, bytes.size());
    }
}
