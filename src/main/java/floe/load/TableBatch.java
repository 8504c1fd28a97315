package floe.load;

import static java.util.stream.Collectors.joining;

import floe.change.SnapshotChange;
import floe.change.SnapshotMark;
import floe.change.UnfitChange;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.progress.Work;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import floe.snowflake.TableWaits;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Changes of one table, for one call of its apply procedure.
 *
 * @param origin where the changes come from, those included that newer ones of their keys make needless
 * @param floor what ends all older rows; null for no change of the floor
 * @param snapshots what is told of snapshots
 * @param changes in the order of their lines
 * @param unfit how many of them may be unfit
 */
public record TableBatch(
        SnowflakeName table,
        Origin origin,
        StagedFile file,
        Floor floor,
        List<SnapshotChange> snapshots,
        List<Item> changes,
        UnfitRows unfit)
        implements Call {

    /** Of a call for older changes; with three bytes a character it is below the 16 MB that Snowflake takes. */
    private static final long MOST_CHARACTERS = 4_000_000;

    /**
     * One change; a line that changes a key holds two.
     *
     * @param json the change as the procedure reads it
     * @param deletes whether it is a delete
     * @param nullDates how many dates that are none are null in it
     * @param older the next newest change of the same key, which is to be applied if this one is refused; null for none
     */
    public record Item(StagedLine line, String json, boolean deletes, int nullDates, Item older) {

        /** A row to write that is the only change of its key, with all its dates. */
        public Item(StagedLine line, String json) {
            this(line, json, false, 0, null);
        }

        private Item alone() {
            return new Item(line, json, deletes, nullDates, null);
        }

        /** Those that are older, each alone, newest first. */
        private List<Item> allOlder() {
            List<Item> all = new ArrayList<>();
            for (Item next = older; next != null; next = next.older()) {
                all.add(next.alone());
            }
            return all;
        }
    }

    public TableBatch {
        snapshots = List.copyOf(snapshots);
        changes = List.copyOf(changes);
    }

    /** Identity will do, and costs nothing: Camel puts messages into maps, and this may hold thousands of lines. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String doing() {
        return "calling " + table.applyProcedure() + " for " + changes.size() + " changes";
    }

    @Override
    public int rows() {
        return changes.size();
    }

    @Override
    public int nullDates() {
        return changes.stream().mapToInt(Item::nullDates).sum();
    }

    @Override
    public String sql() {
        return "CALL " + table.applyProcedure().quoted() + "(PARSE_JSON(:?batch))";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("batch", json());
    }

    @Override
    public List<Call> halves() {
        if (!snapshots.isEmpty() && (floor != null || !changes.isEmpty())) {
            // A snapshot ends behind its rows: else they would be missed until they come.
            return List.of(
                    with(floor, changes), new TableBatch(table, origin, file, null, snapshots, List.of(), unfit));
        }
        if (floor != null && !changes.isEmpty()) {
            return List.of(with(floor, List.of()), with(null, changes));
        }
        if (changes.size() == 1 && changes.get(0).older() != null) {
            Item newest = changes.get(0);
            return List.of(with(null, List.of(newest.older())), with(null, List.of(newest.alone())));
        }
        if (changes.size() < 2) {
            return List.of();
        }
        int middle = changes.size() / 2;
        return List.of(with(null, changes.subList(0, middle)), with(null, changes.subList(middle, changes.size())));
    }

    @Override
    public List<Work> leftOut(String answer) {
        Answer.unready(answer).ifPresent(why -> {
            throw new TableWaits(origin.table(), "The Snowflake table " + table + " " + why);
        });
        List<Answer.Misfit> misfits = Answer.misfits(answer);
        if (!misfits.isEmpty()) {
            throw new TableUnready(origin.table(), nearlyAllUnfit(misfits));
        }
        Answer read = Answer.of(answer)
                .filter(any -> snapshots.isEmpty() || any.tellsOfSnapshots())
                .orElseThrow(() -> new TableUnready(
                        origin.table(),
                        "The procedure " + table.applyProcedure() + " is not this Floe's; run 'floe setup'"));
        List<Integer> misfit =
                read.unfit().stream().flatMap(one -> one.changes().stream()).toList();
        unfit.found(origin.table(), misfit.size(), changes.size());
        List<Work> left =
                new ArrayList<>(read.letters(file, index -> changes.get(index).line()));
        left.addAll(calls(misfit.stream()
                .flatMap(index -> changes.get(index).allOlder().stream())
                .toList()));
        return left;
    }

    /** Calls of a bounded size; what they hold may be of one key. */
    private List<TableBatch> calls(List<Item> items) {
        List<TableBatch> calls = new ArrayList<>();
        List<Item> together = new ArrayList<>();
        long characters = 0;
        for (Item item : items) {
            if (!together.isEmpty() && characters + item.json().length() > MOST_CHARACTERS) {
                calls.add(with(null, together));
                together.clear();
                characters = 0;
            }
            together.add(item);
            characters += item.json().length();
        }
        if (!together.isEmpty()) {
            calls.add(with(null, together));
        }
        return calls;
    }

    private String nearlyAllUnfit(List<Answer.Misfit> misfits) {
        Answer.Misfit worst = misfits.stream()
                .max(Comparator.comparingInt(one -> one.changes().size()))
                .orElseThrow();
        return "The Snowflake table " + table + " for " + origin.table() + " has no fit column for "
                + worst.changes().size() + " of " + changes.size() + " changes: " + worst.message()
                + ". Nothing is applied to it; mend the column, or have these become dead letters by a higher"
                + " load.most-unfit";
    }

    @Override
    public DeadLetters refused(String message) {
        if (changes.size() != 1) {
            throw new IllegalStateException(table + " refused a batch of " + changes.size() + " changes as a whole");
        }
        StagedLine line = changes.get(0).line();
        return new DeadLetters(file, List.of(DeadLetter.of(line, UnfitChange.Reason.REFUSED_VALUE, message)));
    }

    private TableBatch with(Floor newFloor, List<Item> newChanges) {
        return new TableBatch(table, origin, file, newFloor, List.of(), newChanges, unfit);
    }

    private String json() {
        StringBuilder begin = new StringBuilder("{");
        if (floor != null) {
            begin.append(floor.json());
        }
        if (!snapshots.isEmpty()) {
            begin.append(snapshots.stream().map(TableBatch::json).collect(joining(",", "\"snapshots\":[", "],")));
        }
        begin.append("\"most_unfit\":").append(unfit.allowed(origin.table()));
        if (changes.stream().noneMatch(Item::deletes)) {
            begin.append(",\"deletes\":false");
        }
        begin.append(",\"changes\":[");
        return changes.stream().map(Item::json).collect(joining(",", begin, "]}"));
    }

    private static String json(SnapshotChange snapshot) {
        SnapshotMark mark = snapshot.mark();
        String at = Moments.text(snapshot.told());
        return "{\"position\":\"" + snapshot.position() + "\",\"step\":\""
                + mark.step().eventName() + "\",\"lane\":" + mark.lane() + ",\"lanes\":" + mark.lanes()
                + (at == null ? "" : ",\"at\":\"" + at + "\"") + "}";
    }
}
