package floe.load;

import static floe.change.UnfitChange.Reason.UNKNOWN_TABLE;

import floe.change.Change;
import floe.change.RowChange;
import floe.change.SnapshotChange;
import floe.change.SnapshotMark;
import floe.change.TableChange;
import floe.change.UnfitChange;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.progress.Work;
import floe.snowflake.Evolution;
import floe.snowflake.TableUnready;
import floe.snowflake.TableWaits;
import floe.snowflake.Target;
import floe.snowflake.TargetTable;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.snowflake.WrongTable;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batch mode: the newest change of each key is gathered into batches by table, bounded by rows and bytes. */
final class GatheredByTable implements Gathering {

    /** How much of all tables together is held, as a multiple of what one batch may hold. */
    private static final int BATCHES_HELD = 4;

    /**
     * How large a batch may be.
     *
     * @param rows at most this many keys, and one more where a key change is the last
     * @param bytes at most this much JSON, unless a single change is larger
     */
    record Bounds(int rows, int bytes) {}

    private final StagedFile file;
    private final Targets targets;
    private final TargetTables tables;
    private final Bounds bounds;
    private final UnfitRows misfits;
    private final Map<Target, PendingChanges> pending = new HashMap<>();
    private final Map<Target, TargetRows> rows = new HashMap<>();
    private final Map<Target, TableUnready> unready = new LinkedHashMap<>();
    private long bytesHeld;

    /** @param misfits how many changes of a table may be unfit */
    GatheredByTable(StagedFile file, Targets targets, TargetTables tables, Bounds bounds, UnfitRows misfits) {
        this.file = file;
        this.targets = targets;
        this.tables = tables;
        this.bounds = bounds;
        this.misfits = misfits;
    }

    @Override
    public List<? extends Work> take(StagedLine line, Change change) {
        Target target = targets.of(change.table())
                .orElseThrow(() -> new UnfitChange(
                        UNKNOWN_TABLE, "The setting load.tables does not name the table " + change.table()));
        if (change instanceof TableChange told && told.defines()) {
            return follow(line, target, told);
        }
        if (unready.containsKey(target)) {
            throw unready.get(target);
        }
        if (change instanceof RowChange row) {
            TargetRows.Fitting fitting = fitting(line, target, row);
            if (fitting.unfit() != null && fitting.changes().isEmpty()) {
                throw fitting.unfit();
            }
            List<Work> work = new ArrayList<>(add(line, target, row.committed(), fitting.changes()));
            if (fitting.unfit() != null) {
                work.add(new DeadLetters(file, List.of(DeadLetter.of(line, fitting.unfit()))));
            }
            return work;
        }
        if (change instanceof TableChange whole && whole.endsAllBefore() && isThere(line, target, change)) {
            pendingOf(target).raiseFloor(new Floor(whole.position(), whole.committed()));
        }
        if (change instanceof SnapshotChange told && !isOfNoTable(told, target) && isThere(line, target, change)) {
            pendingOf(target).add(told);
        }
        return List.of();
    }

    /**
     * Whether a snapshot began, and was perhaps given up, of a table that was dropped before anything was read of it: no event tells
     * what it was.
     */
    private boolean isOfNoTable(SnapshotChange told, Target target) {
        if (told.mark().step() == SnapshotMark.Step.END) {
            return false;
        }
        try {
            tables.of(target);
            return false;
        } catch (TableWaits e) {
            return e.isDroppedBehind(told.position());
        }
    }

    /** Whether the table is there for a change of it as a whole; where it was dropped, what is older means nothing. */
    private boolean isThere(StagedLine line, Target target, Change change) {
        TargetTable table = tables.of(target);
        if (table.awaits(change.position())) {
            table = tables.refreshed(target);
        }
        if (table.awaits(change.position())) {
            throw waiting(line, target, TargetRows.ANOTHER_TABLE);
        }
        return !table.isGone();
    }

    private static TableUnready waiting(StagedLine line, Target target, String lacking) {
        return new TableWaits(
                target.source(),
                "Line " + line.number() + " names " + lacking + ", which the Snowflake table "
                        + target.table() + " does not have, and no event has told of it yet; if none comes, run"
                        + " 'floe setup'");
    }

    private PendingChanges pendingOf(Target target) {
        return pending.computeIfAbsent(target, any -> new PendingChanges());
    }

    /** What was gathered goes before: it was put in the terms of the table as it is. */
    private List<Call> follow(StagedLine line, Target target, TableChange told) {
        List<Call> calls = new ArrayList<>();
        if (!told.isDrop() && told.shape().key().isEmpty() && isOlder(told, target)) {
            // It lost its key, and has another one by now.
            return calls;
        }
        try {
            Evolution evolution = told.isDrop()
                    ? Evolution.dropped(target, told.position(), Moments.text(told.committed()))
                    : Evolution.of(target, told.shape(), told.position());
            if (pending.containsKey(target)) {
                calls.add(batch(target));
            }
            calls.add(new ShapeCall(new Origin(target.source(), 0), evolution, file, line, answer -> {
                tables.forget(target);
                why(evolution, answer, target)
                        .ifPresentOrElse(no -> unready.put(target, no), () -> unready.remove(target));
            }));
        } catch (WrongTable e) {
            throw new TableUnready(target.source(), e.getMessage());
        }
        rows.remove(target);
        return calls;
    }

    /** Why the table cannot take changes; nothing if it can. One that someone replaced is looked at once more, as that may mend it. */
    private Optional<TableUnready> why(Evolution evolution, String answer, Target target) {
        Optional<TableUnready> why = evolution.unready(answer);
        if (evolution.replaced(answer).isEmpty()) {
            return why;
        }
        try {
            tables.refreshed(target);
            return Optional.empty();
        } catch (TableUnready e) {
            return Optional.of(e);
        }
    }

    private boolean isOlder(TableChange told, Target target) {
        try {
            return told.position().compareTo(tables.refreshed(target).shapeAt()) < 0;
        } catch (TableUnready e) {
            return false;
        }
    }

    @Override
    public List<TableBatch> rest() {
        return new ArrayList<>(pending.keySet()).stream().map(this::batch).toList();
    }

    @Override
    public List<TableUnready> unready() {
        return List.copyOf(unready.values());
    }

    private List<TableBatch> add(StagedLine line, Target target, long committed, List<TargetRows.Keyed> changes) {
        List<TableBatch> complete = new ArrayList<>();
        long bytes = 0;
        for (TargetRows.Keyed change : changes) {
            bytes += change.bytes();
        }
        PendingChanges sofar = pending.get(target);
        if (sofar != null && sofar.rows() > 0 && sofar.bytes() + bytes > bounds.bytes()) {
            complete.add(batch(target));
        }
        PendingChanges now = pendingOf(target);
        now.committed(committed);
        for (TargetRows.Keyed change : changes) {
            now.add(line, change);
            bytesHeld += PendingChanges.heldBytes(line, change);
        }
        if (now.rows() >= bounds.rows()) {
            complete.add(batch(target));
        }
        if (bytesHeld > (long) BATCHES_HELD * bounds.bytes()) {
            complete.add(batch(largest()));
        }
        return complete;
    }

    private TableBatch batch(Target target) {
        PendingChanges complete = pending.remove(target);
        bytesHeld -= complete.bytesHeld();
        Origin origin = new Origin(target.source(), complete.committed());
        return new TableBatch(
                target.table(), origin, file, complete.floor(), complete.snapshots(), complete.items(), misfits);
    }

    private Target largest() {
        return pending.keySet().stream()
                .max(Comparator.comparingLong(target -> pending.get(target).bytesHeld()))
                .orElseThrow();
    }

    private TargetRows.Fitting fitting(StagedLine line, Target target, RowChange row) {
        TargetRows known = rows.computeIfAbsent(target, any -> new TargetRows(tables.of(any)));
        if (known.lacking(row) != null) {
            known = new TargetRows(tables.refreshed(target));
            rows.put(target, known);
            String lacking = known.lacking(row);
            if (lacking != null) {
                throw waiting(line, target, lacking);
            }
        }
        return known.of(row);
    }
}
