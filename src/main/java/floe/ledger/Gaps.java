package floe.ledger;

import floe.change.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which numbers are missing: those that a heartbeat says were stored, and that have not arrived. Those above may never have been
 * stored.
 */
final class Gaps {

    private Gaps() {}

    /** Those of all runs. */
    static List<Gap> of(Marks marks) {
        List<Gap> gaps = new ArrayList<>();
        marks.runs().forEach((name, run) -> gaps.addAll(of(name, run, marks.isCountedWhole(run))));
        return gaps;
    }

    /** @param whole whether all numbers of the run are counted, from 1 */
    static List<Gap> of(String name, RunMarks run, boolean whole) {
        List<Gap> gaps = new ArrayList<>();
        Set<Integer> lanes = new TreeSet<>(run.lanes().keySet());
        if (run.end() != null) {
            lanes.addAll(run.end().stored().keySet());
        }
        for (int lane : lanes) {
            LaneMarks marks = run.lanes().getOrDefault(lane, new LaneMarks());
            NavigableMap<Long, Beat> acknowledged = acknowledged(run, lane, marks);
            long from = whole ? 1 : marks.countedFrom();
            if (!acknowledged.isEmpty() && from <= acknowledged.lastKey()) {
                for (Numbers.Range missing : marks.numbers().missing(from, acknowledged.lastKey())) {
                    gaps.add(gap(name, lane, missing, marks, acknowledged));
                }
            }
        }
        return gaps;
    }

    /** What tells that the numbers up to these were stored. */
    private static NavigableMap<Long, Beat> acknowledged(RunMarks run, int lane, LaneMarks marks) {
        NavigableMap<Long, Beat> acknowledged = new TreeMap<>(marks.beats());
        RunMarks.End end = run.end();
        long stored = end == null ? 0 : end.stored().getOrDefault(lane, 0L);
        if (stored > 0 && (acknowledged.isEmpty() || stored > acknowledged.lastKey())) {
            // Its tables are those of its own run.
            acknowledged.put(stored, new Beat(stored, end.at(), end.position(), null));
        }
        return acknowledged;
    }

    private static Gap gap(
            String run, int lane, Numbers.Range missing, LaneMarks marks, NavigableMap<Long, Beat> acknowledged) {
        Beat before = acknowledged.ceilingEntry(missing.to()).getValue();
        Map.Entry<Long, Beat> after = marks.beats().lowerEntry(missing.from());
        return new Gap(
                run,
                lane,
                missing.from(),
                missing.to(),
                after == null ? null : after.getValue().moment(),
                before.moment(),
                tables(missing, marks.numbers(), before));
    }

    /**
     * A heartbeat names the tables since the one before it, and that may be the last mark that is missing: only of this one it is
     * sure that the heartbeat names its table.
     */
    private static List<TableId> tables(Numbers.Range missing, Numbers arrived, Beat before) {
        boolean sure = missing.from() == missing.to()
                && arrived.missing(missing.to() + 1, before.number()).isEmpty();
        return sure ? before.tables() : null;
    }
}
