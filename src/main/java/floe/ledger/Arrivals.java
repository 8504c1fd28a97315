package floe.ledger;

import floe.change.Position;
import floe.change.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has arrived of what was put on the streams.
 *
 * @param streams each stream's newest heartbeat, by name
 * @param late what was stored and has not arrived, and may still: Firehose tries for a day
 * @param missing what was stored and does not arrive any more
 * @param trouble why other loaders' ledgers cannot be read, or this one's not be written; then this is older, and nothing becomes
 *     missing
 */
public record Arrivals(List<Stream> streams, List<Gap> late, List<Gap> missing, Optional<String> trouble) {

    /**
     * The newest heartbeat of a stream.
     *
     * @param name of the stream
     * @param at when capture made it
     * @param position the highest one of the binlog that was put on the stream before; null if there was none
     * @param age how long ago that was, by this machine's clock
     */
    public record Stream(String name, Instant at, Position position, Duration age) {}

    /** Before anything is known. */
    public static final Arrivals NONE = new Arrivals(List.of(), List.of(), List.of(), Optional.empty());

    private static final int MOST_NAMED = 10;

    /** Firehose keeps what it gets for 15 minutes at most before it stores it. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);

    public Arrivals {
        streams = List.copyOf(streams);
        late = List.copyOf(late);
        missing = List.copyOf(missing);
    }

    /**
     * What is to be said of streams from which nothing has come for too long.
     *
     * @param allLoaded up to when all that was staged is loaded
     */
    public List<String> silent(Instant allLoaded) {
        return streams.stream()
                .filter(stream -> stream.at().plus(LONGEST_SILENCE).isBefore(allLoaded))
                .map(stream -> "Nothing has come from the stream " + stream.name() + " since " + stream.at()
                        + ", not even a heartbeat: see whether capture runs and whether Firehose delivers")
                .toList();
    }

    /** What is to be said of the first gaps whose tables are known and are not read again, as capture cannot be asked. */
    public List<String> lost() {
        return missing.stream()
                .filter(gap -> gap.tables() != null)
                .limit(MOST_NAMED)
                .map(gap -> gap + ", and capture cannot be asked to read " + TableId.some(gap.tables())
                        + " again: see to requests.bucket, which it needs for that")
                .toList();
    }

    /** How many records have not arrived, of these gaps together. */
    public static long records(List<Gap> gaps) {
        return gaps.stream().mapToLong(Gap::count).sum();
    }

    /** @param overdue what was acknowledged until then is missing, and what was later is late */
    static Arrivals of(Marks marks, Instant now, Instant overdue, Optional<String> trouble) {
        List<Gap> late = new ArrayList<>();
        List<Gap> missing = new ArrayList<>();
        for (Gap gap : Gaps.of(marks)) {
            (gap.before().at().isAfter(overdue) ? late : missing).add(gap);
        }
        return new Arrivals(streams(marks, now), late, missing, trouble);
    }

    private static List<Stream> streams(Marks marks, Instant now) {
        SortedMap<String, Beat> newest = new TreeMap<>();
        for (RunMarks run : marks.runs().values()) {
            for (LaneMarks lane : run.lanes().values()) {
                if (!lane.beats().isEmpty()) {
                    newest.merge(
                            run.stream(),
                            lane.beats().lastEntry().getValue(),
                            (one, other) -> one.at() < other.at() ? other : one);
                }
            }
        }
        List<Stream> streams = new ArrayList<>();
        newest.forEach((name, beat) -> {
            Instant at = Instant.ofEpochMilli(beat.at());
            Duration age = Duration.between(at, now);
            streams.add(new Stream(name, at, beat.position(), age.isNegative() ? Duration.ZERO : age));
        });
        return streams;
    }
}
