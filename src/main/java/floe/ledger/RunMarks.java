package floe.ledger;

import floe.change.Heartbeat;
import floe.change.Position;
import floe.change.RecordMark;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The marks of one run that have arrived, and what the next run told of it. */
final class RunMarks {

    /**
     * What the next run told.
     *
     * @param at when, in milliseconds since 1970
     * @param position that it told beside; null if none
     * @param stored up to which number each lane's marks were stored
     */
    record End(long at, Position position, SortedMap<Integer, Long> stored) {}

    private final SortedMap<Integer, LaneMarks> lanes = new TreeMap<>();
    private String stream;
    private String previous;
    private End end;
    private long first = Long.MAX_VALUE;
    private long seen = Long.MIN_VALUE;

    SortedMap<Integer, LaneMarks> lanes() {
        return lanes;
    }

    LaneMarks lane(int lane) {
        return lanes.computeIfAbsent(lane, any -> new LaneMarks());
    }

    /** The stream that it was put on; null as long as no heartbeat told it. */
    String stream() {
        return stream;
    }

    /** The run before it; null if there is none, or no heartbeat told it. */
    String previous() {
        return previous;
    }

    /** Null as long as no next run has told of it. */
    End end() {
        return end;
    }

    /** When the first heartbeat was made that told of this run, in milliseconds since 1970; {@link Long#MAX_VALUE} if none did. */
    long first() {
        return first;
    }

    /** When the ledger last learned anything of it, in milliseconds since 1970. */
    long seen() {
        return seen;
    }

    void see(long now) {
        seen = Math.max(seen, now);
    }

    /** Whether the first mark of any lane has arrived. */
    boolean beginsHere() {
        return lanes.values().stream().anyMatch(lane -> lane.numbers().contains(1));
    }

    /** Whether any number is known to be stored. */
    boolean isAcknowledged() {
        return end != null
                || lanes.values().stream().anyMatch(lane -> !lane.beats().isEmpty());
    }

    /** Takes note of a mark. Returns whether anything is new. */
    boolean add(RecordMark mark, boolean counted) {
        LaneMarks lane = lane(mark.lane());
        Heartbeat heartbeat = mark.heartbeat();
        if (heartbeat == null) {
            return lane.numbers().add(mark.number(), mark.number());
        }
        String afterRun = heartbeat.before() == null ? null : heartbeat.before().run();
        boolean isNew = toldBy(heartbeat.at(), heartbeat.stream(), afterRun);
        isNew |= counted && lane.countFrom(mark.number());
        return lane.add(new Beat(mark.number(), heartbeat.at(), heartbeat.position(), heartbeat.tables())) || isNew;
    }

    /** Takes note of what a heartbeat of the next run tells. Returns whether anything is new. */
    boolean endedBy(Heartbeat next) {
        boolean isNew = toldBy(next.at(), next.stream(), null);
        SortedMap<Integer, Long> stored = new TreeMap<>();
        List<Long> numbers = next.before().numbers();
        for (int lane = 0; lane < numbers.size(); lane++) {
            if (numbers.get(lane) > 0) {
                stored.put(lane, numbers.get(lane));
            }
        }
        return ended(new End(next.at(), next.position(), stored)) || isNew;
    }

    /** Returns whether anything is new. */
    boolean add(RunMarks other) {
        boolean isNew = toldBy(other.first, other.stream, other.previous);
        if (other.end != null) {
            isNew |= ended(other.end);
        }
        for (Map.Entry<Integer, LaneMarks> lane : other.lanes.entrySet()) {
            isNew |= lane(lane.getKey()).add(lane.getValue());
        }
        return isNew;
    }

    /** Takes note of the words of a heartbeat that are the same in all. Returns whether any is new. */
    boolean toldBy(long at, String onStream, String afterRun) {
        boolean isNew = at < first || (stream == null && onStream != null) || (previous == null && afterRun != null);
        first = Math.min(first, at);
        stream = stream == null ? onStream : stream;
        previous = previous == null ? afterRun : previous;
        return isNew;
    }

    /** Takes note of its end. Returns whether anything is new. */
    boolean ended(End told) {
        if (end == null) {
            end = new End(told.at(), told.position(), new TreeMap<>(told.stored()));
            return true;
        }
        SortedMap<Integer, Long> stored = new TreeMap<>(end.stored());
        told.stored().forEach((lane, number) -> stored.merge(lane, number, Math::max));
        End earlier = told.at() < end.at() ? told : end;
        End sum = new End(earlier.at(), earlier.position(), stored);
        boolean isNew = !sum.equals(end);
        end = sum;
        return isNew;
    }
}
