package floe.kinesis;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Event lines in the order in which they are to be stored, each with the key that it must stay in order with. They lie one
 * behind the other in one array, since there are hundreds of thousands of them a second. For use by one thread at a time.
 */
public final class Lines {

    private static final int FIRST_BYTES = 1 << 16;
    private static final int FIRST_LINES = 256;

    private final Turn turn;
    private final Beat beat;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private int[] ends = new int[FIRST_LINES];
    private int[] keyHashes = new int[FIRST_LINES];
    private int count;
    private int longest;

    /**
     * @param turn when they may be stored
     * @param beat what heartbeats are to tell behind them; null for none
     */
    public Lines(Turn turn, Beat beat) {
        this.turn = turn;
        this.beat = beat;
    }

    /** Lines that may be stored at once. */
    public Lines() {
        this(Turn.first().next(), null);
    }

    /** When they may be stored. */
    public Turn turn() {
        return turn;
    }

    /** What heartbeats are to tell behind them; null for none. */
    public Beat beat() {
        return beat;
    }

    /** What is written here becomes part of the line that {@link #end} will end. */
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                room(1);
                bytes[size++] = (byte) one;
            }

            @Override
            public void write(byte[] more, int from, int length) {
                room(length);
                System.arraycopy(more, from, bytes, size, length);
                size += length;
            }
        };
    }

    /**
     * Ends a line: all that was written since the last one, with its newline.
     *
     * @param keyHash a hash of schema, table and row key: lines of one row have the same
     */
    public void end(int keyHash) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            keyHashes = Arrays.copyOf(keyHashes, 2 * count);
        }
        longest = Math.max(longest, size - start(count));
        ends[count] = size;
        keyHashes[count++] = keyHash;
    }

    /** Adds a whole line. */
    public void add(int keyHash, byte[] line) {
        add(keyHash, line, 0, line.length);
    }

    /** Adds the line that lies in these bytes. */
    public void add(int keyHash, byte[] from, int start, int length) {
        room(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
        end(keyHash);
    }

    /** Takes back what was written since the last line ended. */
    public void takeBack() {
        size = start(count);
    }

    /** How many lines there are. */
    public int count() {
        return count;
    }

    /** How many bytes all lines have. */
    public int size() {
        return size;
    }

    /** How many bytes the longest line has. */
    public int longest() {
        return longest;
    }

    /** The bytes that the lines lie in, never to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where a line begins in {@link #bytes}. */
    public int start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    /** How many bytes a line has, with its newline. */
    public int length(int line) {
        return ends[line] - start(line);
    }

    /** The hash of a line's key. */
    public int keyHash(int line) {
        return keyHashes[line];
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            long wanted = Math.max(2L * bytes.length, (long) size + more);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, wanted));
        }
    }
}
