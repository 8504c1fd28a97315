package floe.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Writes cells, and takes their hash: SHA-256 over the text of each, behind its length in bytes of UTF-8 and a colon, and a
 * tilde for NULL. The text is that of the event's value, whatever JSON makes of it. For use by one thread.
 */
final class RowHash extends JsonGeneratorDelegate {

    private static final byte[] NULL = {'~'};

    private final MessageDigest digest;

    RowHash() {
        super(null);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins with a row, whose cells are then to be written here. */
    RowHash over(JsonGenerator json) {
        delegate = json;
        digest.reset();
        return this;
    }

    /** The hash of the cells that were written since. */
    byte[] end() {
        return digest.digest();
    }

    private void add(byte[] text, int from, int count) {
        digest.update((count + ":").getBytes(UTF_8));
        digest.update(text, from, count);
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        add(bytes, 0, bytes.length);
    }

    @Override
    public void writeNull() throws IOException {
        digest.update(NULL);
        delegate.writeNull();
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        add(String.valueOf(value));
        delegate.writeBoolean(value);
    }

    @Override
    public void writeNumber(int value) throws IOException {
        add(String.valueOf(value));
        delegate.writeNumber(value);
    }

    @Override
    public void writeNumber(long value) throws IOException {
        add(String.valueOf(value));
        delegate.writeNumber(value);
    }

    @Override
    public void writeNumber(String value) throws IOException {
        add(value);
        delegate.writeNumber(value);
    }

    @Override
    public void writeUTF8String(byte[] text, int from, int count) throws IOException {
        add(text, from, count);
        delegate.writeUTF8String(text, from, count);
    }

    @Override
    public void writeRawUTF8String(byte[] text, int from, int count) throws IOException {
        add(text, from, count);
        delegate.writeRawUTF8String(text, from, count);
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] bytes, int from, int count) throws IOException {
        add(variant.encode(Arrays.copyOfRange(bytes, from, from + count)));
        delegate.writeBinary(variant, bytes, from, count);
    }
}
