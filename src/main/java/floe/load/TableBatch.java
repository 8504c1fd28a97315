package floe.load;

import static java.util.stream.Collectors.joining;

import floe.change.SnapshotChange;
import floe.change.SnapshotMark;
import floe.change.UnfitChange;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import floe.snowflake.TableWaits;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import java.util.List;
import java.util.Map;

/**
 * Changes of one table, for one call of its apply procedure.
 *
 * @param origin where the changes come from, those included that newer ones of their keys make needless
 * @param floor what ends all older rows; null for no change of the floor
 * @param snapshots what is told of snapshots
 * @param changes in the order of their lines
 */
public record TableBatch(
        SnowflakeName table,
        Origin origin,
        StagedFile file,
        Floor floor,
        List<SnapshotChange> snapshots,
        List<Item> changes)
        implements Call {

    /**
     * One change; a line that changes a key holds two.
     *
     * @param json the change as the procedure reads it
     * @param nullDates how many dates that are none are null in it
     * @param older the next newest change of the same key, which is to be applied if this one is refused; null for none
     */
    public record Item(StagedLine line, String json, int nullDates, Item older) {

        /** A change that is the only one of its key, with all its dates. */
        public Item(StagedLine line, String json) {
            this(line, json, 0, null);
        }

        private Item alone() {
            return new Item(line, json, nullDates, null);
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
            return List.of(with(floor, changes), new TableBatch(table, origin, file, null, snapshots, List.of()));
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
    public List<DeadLetters> leftOut(String answer) {
        Answer.unready(answer).ifPresent(why -> {
            throw new TableWaits(origin.table(), "The Snowflake table " + table + " " + why);
        });
        List<Integer> refused = Answer.of(answer)
                .filter(any -> snapshots.isEmpty() || any.tellsOfSnapshots())
                .orElseThrow(() -> new TableUnready(
                        origin.table(),
                        "The procedure " + table.applyProcedure() + " is not this Floe's; run 'floe setup'"))
                .refused();
        return Answer.belowHorizon(
                file, refused.stream().map(index -> changes.get(index).line()).toList());
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
        return new TableBatch(table, origin, file, newFloor, List.of(), newChanges);
    }

    private String json() {
        StringBuilder begin = new StringBuilder("{");
        if (floor != null) {
            begin.append(floor.json());
        }
        if (!snapshots.isEmpty()) {
            begin.append(snapshots.stream().map(TableBatch::json).collect(joining(",", "\"snapshots\":[", "],")));
        }
        return changes.stream().map(Item::json).collect(joining(",", begin.append("\"changes\":["), "]}"));
    }

    private static String json(SnapshotChange snapshot) {
        SnapshotMark mark = snapshot.mark();
        String at = Moments.text(snapshot.told());
        return "{\"position\":\"" + snapshot.position() + "\",\"step\":\""
                + mark.step().eventName() + "\",\"lane\":" + mark.lane() + ",\"lanes\":" + mark.lanes()
                + (at == null ? "" : ",\"at\":\"" + at + "\"") + "}";
    }
}
