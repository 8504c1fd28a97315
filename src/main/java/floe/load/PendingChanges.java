package floe.load;

import com.fasterxml.jackson.databind.JsonNode;
import floe.change.SnapshotChange;
import floe.staging.StagedLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes of one table that wait for a call. Of each key only the newest is sent, at one position a write before a
 * delete; those that it makes needless stay behind it, for the case that Snowflake refuses it.
 */
final class PendingChanges {

    private static final class Waiting {
        private final StagedLine line;
        private final TargetRows.Keyed change;
        private Waiting older;

        Waiting(StagedLine line, TargetRows.Keyed change) {
            this.line = line;
            this.change = change;
        }

        boolean isNewerThan(Waiting other) {
            int order = change.position().compareTo(other.change.position());
            return order > 0 || (order == 0 && !change.deleted() && other.change.deleted());
        }
    }

    private final Map<List<JsonNode>, Waiting> newest = new LinkedHashMap<>();
    private long bytes;
    private long bytesHeld;
    private long committed;
    private Floor floor;
    private final Set<SnapshotChange> snapshots = new LinkedHashSet<>();

    void add(StagedLine line, TargetRows.Keyed change) {
        Waiting added = new Waiting(line, change);
        Waiting head = newest.get(change.key());
        if (head == null || added.isNewerThan(head)) {
            added.older = head;
            newest.put(change.key(), added);
            bytes += change.bytes() - (head == null ? 0 : head.change.bytes());
        } else {
            Waiting before = head;
            while (before.older != null && before.older.isNewerThan(added)) {
                before = before.older;
            }
            added.older = before.older;
            before.older = added;
        }
        bytesHeld += heldBytes(line, change);
    }

    /** Notes when a change was committed, in milliseconds since 1970; 0 if that is not known. */
    void committed(long time) {
        committed = Origin.older(committed, time);
    }

    /** When the oldest change was committed; 0 if that is known of none. */
    long committed() {
        return committed;
    }

    /** Takes the floor with the next call, unless a higher one goes with it. */
    void raiseFloor(Floor other) {
        if (floor == null || other.position().compareTo(floor.position()) > 0) {
            floor = other;
        }
    }

    /** Takes what is told of a snapshot with the next call. */
    void add(SnapshotChange told) {
        snapshots.add(told);
    }

    /** What is told of snapshots, each thing once. */
    List<SnapshotChange> snapshots() {
        return List.copyOf(snapshots);
    }

    /** How many changes would be sent. */
    int rows() {
        return newest.size();
    }

    /** Bytes of the JSON that would be sent. */
    long bytes() {
        return bytes;
    }

    /** About how many bytes are held in memory. */
    long bytesHeld() {
        return bytesHeld;
    }

    /** What {@link #bytesHeld()} grows by when the change is added. */
    static long heldBytes(StagedLine line, TargetRows.Keyed change) {
        return (long) line.text().length() + change.json().length();
    }

    Floor floor() {
        return floor;
    }

    /** What to send: the newest change of each key, in the order in which the keys were first seen. */
    List<TableBatch.Item> items() {
        return newest.values().stream().map(PendingChanges::item).toList();
    }

    private static TableBatch.Item item(Waiting head) {
        if (head.older == null) {
            return item(head, null);
        }
        List<Waiting> newestFirst = new ArrayList<>();
        for (Waiting waiting = head; waiting != null; waiting = waiting.older) {
            newestFirst.add(waiting);
        }
        TableBatch.Item item = null;
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            item = item(newestFirst.get(i), item);
        }
        return item;
    }

    private static TableBatch.Item item(Waiting waiting, TableBatch.Item older) {
        TargetRows.Keyed change = waiting.change;
        return new TableBatch.Item(waiting.line, change.json(), change.deleted(), change.nullDates(), older);
    }
}
