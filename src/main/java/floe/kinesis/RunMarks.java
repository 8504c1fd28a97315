package floe.kinesis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import floe.change.ChangeType;
import floe.change.StoredMarks;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Counts what is put on the stream, for those who read it: in each record each table's lines have a mark before them, with the next
 * number of the lane. A run ends with the first put that fails, as nobody knows which of its records are stored. For use by one thread
 * at a time.
 *
 * @see floe.change.RecordMark
 */
final class RunMarks {

    /** Beyond so many a heartbeat does not name the tables that changed: it has to fit in a record. */
    private static final int MOST_TABLES = 200;

    /** Bytes that a mark has at most behind what its line begins with. */
    private static final int REST_BYTES = 120;

    private final String run = UUID.randomUUID().toString();
    private final String stream;
    private final byte[] rest;
    private final long[] numbers;
    /** By lane, as the lines begin; those since the last heartbeat. */
    private final List<Set<String>> tables = new ArrayList<>();

    private StoredMarks before;

    /** @param stream the name of the stream */
    RunMarks(String stream, int lanes) {
        this.stream = stream;
        this.numbers = new long[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            tables.add(new HashSet<>());
        }
        this.rest = (",\"type\":\"" + ChangeType.QUERY.eventName() + "\",\"mark\":{\"run\":\"" + run + "\",\"lane\":")
                .getBytes(US_ASCII);
    }

    /** How many bytes the mark of a table has at most whose lines begin so. */
    static int most(int begin) {
        return begin + REST_BYTES;
    }

    /**
     * The next mark of a lane, with its newline.
     *
     * @param begin what the lines of the table begin with, up to what follows its name
     */
    byte[] next(int lane, byte[] begin) {
        Set<String> known = tables.get(lane);
        if (known.size() <= MOST_TABLES) {
            known.add(new String(begin, UTF_8));
        }
        return mark(lane, begin, "");
    }

    /**
     * The heartbeat of a lane, with its newline: all that was marked on the lane before is stored.
     *
     * @param most it is told without the tables, or without the run before, where it would have more bytes
     */
    byte[] heartbeat(int lane, Beat beat, long now, int most) {
        if (before == null && beat.before() != null && !beat.before().run().equals(run)) {
            before = beat.before();
        }
        Set<String> changed = tables.get(lane);
        StringBuilder more = new StringBuilder(",\"stream\":")
                .append(quoted(stream))
                .append(",\"at\":")
                .append(now);
        if (beat.position() != null) {
            more.append(",\"position\":\"").append(beat.position()).append('"');
        }
        byte[] begin = ("{\"schema\":" + quoted(beat.table().schema()) + ",\"table\":"
                        + quoted(beat.table().table()))
                .getBytes(UTF_8);
        if (before != null && lane == 0) {
            appendIfItFits(
                    ",\"before\":{\"run\":" + quoted(before.run()) + ",\"numbers\":"
                            + before.numbers().stream().map(String::valueOf).collect(joining(",", "[", "]}")),
                    more,
                    most - most(begin.length));
        }
        if (changed.size() <= MOST_TABLES) {
            appendIfItFits(
                    changed.stream().map(table -> table + "}").collect(joining(",", ",\"tables\":[", "]")),
                    more,
                    most - most(begin.length));
        }
        changed.clear();
        return mark(lane, begin, more.toString());
    }

    private static void appendIfItFits(String part, StringBuilder line, int most) {
        if (line.toString().getBytes(UTF_8).length + part.getBytes(UTF_8).length <= most) {
            line.append(part);
        }
    }

    /** What is stored, once all that was marked is. */
    StoredMarks stored() {
        return new StoredMarks(run, LongStream.of(numbers).boxed().toList());
    }

    private byte[] mark(int lane, byte[] begin, String more) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(begin.length + REST_BYTES + more.length());
        line.writeBytes(begin);
        line.writeBytes(rest);
        line.writeBytes((lane + ",\"number\":" + ++numbers[lane]).getBytes(US_ASCII));
        line.writeBytes(more.getBytes(UTF_8));
        line.writeBytes("}}\n".getBytes(US_ASCII));
        return line.toByteArray();
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
