package floe.staging;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The lines of a staged file, read as they are asked for.
 *
 * <p>Plain or gzip, told by content; a byte order mark and blank lines are skipped, a last line needs no line break. A
 * read failure, such as a file that ends in mid-gzip, surfaces as {@link UncheckedIOException}.
 */
public final class StagedLines implements Iterator<StagedLine>, Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream file;
    private final int mostBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private InputStream content;
    private int from;
    private int to;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private long bytesRead;
    private StagedLine next;
    private boolean ended;

    /**
     * @param file the object's content; closed with this
     * @param mostBytes longer lines are cut off and marked as damaged
     */
    public StagedLines(InputStream file, int mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !ended) {
                next = read();
            }
            return next != null;
        } catch (EOFException e) {
            // Only gzip has an end before which a file must not end; it says no more than this.
            throw new UncheckedIOException(new IOException("it is gzip, and ends in the middle of it", e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public StagedLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StagedLine line = next;
        next = null;
        return line;
    }

    /** How many bytes were read so far, uncompressed. */
    public long bytes() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The next line, or null for a blank one and at the end. */
    private StagedLine read() throws IOException {
        if (content == null) {
            content = opened();
        }
        length = 0;
        long bytes = 0;
        boolean lineEnded = false;
        while (!lineEnded && (from < to || fill())) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            bytes += end - from;
            append(from, end);
            lineEnded = end < to;
            from = lineEnded ? end + 1 : end;
        }
        bytesRead += bytes + (lineEnded ? 1 : 0);
        ended = !lineEnded;
        number++;
        return line(bytes);
    }

    private StagedLine line(long bytes) {
        int start = number == 1 && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
        int end = length > start && line[length - 1] == '\r' ? length - 1 : length;
        String text = new String(line, start, end - start, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return null;
        }
        if (bytes > mostBytes) {
            return new StagedLine(
                    number, text, "The line has " + bytes + " bytes; load.line-bytes allows " + mostBytes);
        }
        boolean replaced = text.indexOf('\uFFFD') >= 0
                && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(line, start, end));
        return new StagedLine(number, text, replaced ? "The line is not UTF-8" : null);
    }

    private boolean startsWithByteOrderMark() {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private void append(int start, int end) {
        int count = Math.min(end - start, mostBytes - length);
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, (int) Math.min(mostBytes, line.length * 2L)));
        }
        System.arraycopy(buffer, start, line, length, count);
        length += count;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, content.read(buffer));
        return to > 0;
    }

    private InputStream opened() throws IOException {
        BufferedInputStream plain = new BufferedInputStream(file, BUFFER_BYTES);
        plain.mark(2);
        int magic = plain.read() << 8 | plain.read();
        plain.reset();
        return magic == GZIP_MAGIC
                // Unlike the JDK's stream, this takes nothing but the end of the file for its end.
                ? GzipCompressorInputStream.builder()
                        .setInputStream(plain)
                        .setDecompressConcatenated(true)
                        .get()
                : plain;
    }
}
