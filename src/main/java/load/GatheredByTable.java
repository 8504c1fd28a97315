package load;

import static change.UnfitChange.Reason.UNKNOWN_TABLE;

import change.Change;
import change.Position;
import change.RowChange;
import change.TableChange;
import change.UnfitChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snowflake.Target;
import snowflake.TargetTable;
import snowflake.TargetTables;
import snowflake.Targets;
import staging.StagedFile;
import staging.StagedLine;

/** Batch mode: the changes of each table are gathered into batches, bounded by rows and bytes. */
final class GatheredByTable implements Gathering {

    /** How much of all tables together is held, as a multiple of what one batch may hold. */
    private static final int BATCHES_HELD = 4;

    /**
     * How large a batch may be.
     *
     * @param rows at most this many changes, and one more where a key change is the last
     * @param bytes at most this much JSON, unless a single change is larger
     */
    record Bounds(int rows, int bytes) {}

    private static final class Pending {
        private final List<TableBatch.Item> changes = new ArrayList<>();
        private long bytes;
        private Position floor;
    }

    private final StagedFile file;
    private final Targets targets;
    private final TargetTables tables;
    private final Bounds bounds;
    private final Map<Target, Pending> pending = new HashMap<>();
    private long bytesHeld;

    GatheredByTable(StagedFile file, Targets targets, TargetTables tables, Bounds bounds) {
        this.file = file;
        this.targets = targets;
        this.tables = tables;
        this.bounds = bounds;
    }

    @Override
    public List<TableBatch> take(StagedLine line, Change change) {
        Target target = targets.of(change.table())
                .orElseThrow(() -> new UnfitChange(
                        UNKNOWN_TABLE, "The setting load.tables does not name the table " + change.table()));
        if (change instanceof RowChange row) {
            return add(line, target, jsons(line, target, row));
        }
        if (change instanceof TableChange whole && whole.endsAllBefore()) {
            raiseFloor(target, change.position());
        }
        return List.of();
    }

    @Override
    public List<TableBatch> rest() {
        return new ArrayList<>(pending.keySet()).stream().map(this::batch).toList();
    }

    private List<TableBatch> add(StagedLine line, Target target, List<String> jsons) {
        List<TableBatch> complete = new ArrayList<>();
        long bytes = jsons.stream().mapToLong(RowJson::utf8Bytes).sum();
        Pending sofar = pending.get(target);
        if (sofar != null && !sofar.changes.isEmpty() && sofar.bytes + bytes > bounds.bytes()) {
            complete.add(batch(target));
        }
        Pending now = pending.computeIfAbsent(target, any -> new Pending());
        jsons.forEach(json -> now.changes.add(new TableBatch.Item(line, json)));
        now.bytes += bytes;
        bytesHeld += bytes;
        if (now.changes.size() >= bounds.rows()) {
            complete.add(batch(target));
        }
        if (bytesHeld > (long) BATCHES_HELD * bounds.bytes()) {
            complete.add(batch(largest()));
        }
        return complete;
    }

    private void raiseFloor(Target target, Position floor) {
        Pending now = pending.computeIfAbsent(target, any -> new Pending());
        if (now.floor == null || floor.compareTo(now.floor) > 0) {
            now.floor = floor;
        }
    }

    private TableBatch batch(Target target) {
        Pending complete = pending.remove(target);
        bytesHeld -= complete.bytes;
        return new TableBatch(target.table(), file, complete.floor, complete.changes);
    }

    private Target largest() {
        return pending.keySet().stream()
                .max(Comparator.comparingLong(target -> pending.get(target).bytes))
                .orElseThrow();
    }

    private List<String> jsons(StagedLine line, Target target, RowChange row) {
        TargetTable table = tables.of(target);
        if (!TargetRow.lacking(table, row).isEmpty()) {
            table = tables.refreshed(target);
        }
        return TargetRow.json(table, row, line);
    }
}
