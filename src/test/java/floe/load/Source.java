package floe.load;

import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.ChangeWriter.Part;
import floe.change.Position;
import floe.change.SnapshotMark;
import floe.change.TableId;
import floe.change.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A MySQL table that is only its rows, and the event lines that Floe's own writer makes of what happens to it. */
final class Source {

    /**
     * Something that happens to the table.
     *
     * @param key which row
     * @param other the other row of a change of the key
     * @param value what is written
     * @param step how far the binlog moves before it: 0 stays in the same event
     */
    record Event(Kind kind, int key, int other, int value, int step) {}

    enum Kind {
        /** An insert, or an update where the row is there. */
        WRITE,
        DELETE,
        /** A change of the key, written as a delete and a write. */
        MOVE,
        /** The same, written as one update by the set-up that Floe replaces. */
        MOVE_IN_ONE,
        TRUNCATE,
        /** The table is dropped and created again, empty. */
        RECREATE,
        /** The definition changes, and no row. */
        ALTER,
        /** A row that changes or goes without an event, which only the next snapshot can make good. */
        UNSEEN,
        /** A snapshot as Floe 0.1 took it begins, in a new epoch. */
        SNAPSHOT,
        /** The snapshot of Floe 0.1 that is under way reads the rows and ends, with one line. */
        SNAPSHOT_END,
        /** A reading begins, with a new epoch, though file and offset go on. */
        RESTART,
        /** A snapshot beside the stream begins, whatever others are open. */
        BEGIN,
        /** One of the open snapshots reads a row as it is by now; it may have read it before. */
        READ,
        /** One of the open snapshots reads all rows that it has not read yet, and ends on each lane. */
        END,
        /** One of the open snapshots is given up. */
        CANCEL
    }

    /** A snapshot beside the stream. */
    static final class Open {

        private final Position position;
        private final int began;
        private final Set<Integer> read = new HashSet<>();
        private final List<Set<String>> rowsByLane = new ArrayList<>();
        private final List<String> ends = new ArrayList<>();
        private boolean cancelled;

        Open(Position position, int began, int lanes) {
            this.position = position;
            this.began = began;
            for (int lane = 0; lane < lanes; lane++) {
                rowsByLane.add(new HashSet<>());
            }
        }

        /** That of all its lines. */
        Position position() {
            return position;
        }

        /** The lines of its rows on a lane. */
        Set<String> rows(int lane) {
            return rowsByLane.get(lane);
        }

        /** The line of its end on each lane; empty if it did not end. */
        List<String> ends() {
            return ends;
        }

        /** Whether it was given up. */
        boolean cancelled() {
            return cancelled;
        }
    }

    private static final long OPEN_ROWS = 9_999_000_000L;

    private final TableId table;
    private final Keys keys;
    private final Map<Integer, Integer> rows = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private long epoch = 1_795_367_406;
    private long file = 1;
    private long offset = 4;
    private long row;
    private Position snapshot;
    private int snapshotBegan;
    private final List<Open> open = new ArrayList<>();
    private final List<Open> snapshots = new ArrayList<>();
    private int happened;
    /** When a change was last unseen that no snapshot has made good since. */
    private int unseen = -1;

    private final Set<Integer> removed = new HashSet<>();
    /** Where the table was emptied last. */
    private Position emptied = new Position(0, 0, 0, 0);

    Source(TableId table, Keys keys) {
        this.table = table;
        this.keys = keys;
    }

    /** The columns of the key, and their values for the number of a row, as JSON. */
    record Keys(List<String> names, List<Map<String, String>> values) {

        Map<String, String> of(int number) {
            return values.get(number);
        }

        int count() {
            return values.size();
        }

        /** Whether two rows would have the same key in MySQL, though it may be spelt otherwise. */
        boolean same(int one, int other) {
            return one == other || Mirrors.text(of(one)).equals(Mirrors.text(of(other)));
        }
    }

    /** All lines so far, in the order of the source. */
    List<String> lines() {
        return lines;
    }

    /** The values by the numbers of the rows. */
    Map<Integer, Integer> rows() {
        return rows;
    }

    /** How the rows are written in events, by their keys as {@link Mirrors#rows} gives them. */
    Map<String, String> images() {
        Map<String, String> images = new TreeMap<>();
        rows.forEach((number, value) -> {
            String key = keys.of(number).entrySet().stream()
                    .map(column -> "\"" + column.getKey() + "\":" + column.getValue())
                    .collect(Collectors.joining(","));
            images.put(Mirrors.text(keys.of(number)), "{" + key + ",\"Value\":" + value + "}");
        });
        return images;
    }

    /** Lets all of this happen, and ends the snapshot that is then needed or under way. */
    Source after(List<Event> history) {
        history.forEach(this::happens);
        endSnapshot();
        if (unseen >= 0) {
            begin(2);
            end(open.get(open.size() - 1));
        }
        return this;
    }

    /** All snapshots beside the stream. */
    List<Open> snapshots() {
        return snapshots;
    }

    /** The keys, as {@link Mirrors#rows} gives them, of rows that are there since they first were, whatever they hold. */
    Set<String> lasting() {
        return rows.keySet().stream()
                .filter(number -> removed.stream().noneMatch(any -> keys.same(any, number)))
                .map(number -> Mirrors.text(keys.of(number)))
                .collect(Collectors.toSet());
    }

    private void happens(Event event) {
        happened++;
        int key = there(event.key() % keys.count());
        int other = event.other() % keys.count();
        switch (event.kind()) {
            case WRITE -> write(key, event);
            case DELETE -> {
                if (rows.containsKey(key)) {
                    move(event.step());
                    Integer before = remove(key);
                    line(ChangeType.DELETE, key, before, 0, null, position());
                }
            }
            case MOVE, MOVE_IN_ONE -> {
                boolean free = keys.same(key, other) ? key != other : !rows.containsKey(there(other));
                if (rows.containsKey(key) && free) {
                    move(event.step());
                    moveKey(key, other, event);
                }
            }
            case TRUNCATE -> {
                move(1 + event.step());
                clear();
                table(ChangeType.TRUNCATE, new Position(epoch, file, offset, 0));
            }
            case RECREATE -> {
                move(1 + event.step());
                clear();
                table(ChangeType.QUERY, new Position(epoch, file, offset, 0));
                define(0);
            }
            case ALTER -> define(event.step());
            case UNSEEN -> unseen(key, event.value());
            case SNAPSHOT -> beginSnapshot();
            case SNAPSHOT_END -> endSnapshot();
            case RESTART -> epoch++;
            case BEGIN -> begin(1 + event.other() % 3);
            case READ -> chosen(event).ifPresent(one -> read(one, key));
            case END -> chosen(event).ifPresent(this::end);
            case CANCEL -> chosen(event).ifPresent(this::cancel);
        }
    }

    private Integer remove(int number) {
        removed.add(number);
        return rows.remove(number);
    }

    private void clear() {
        removed.addAll(rows.keySet());
        rows.clear();
        emptied = new Position(epoch, file, offset, 0);
    }

    private Optional<Open> chosen(Event event) {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(event.value() % open.size()));
    }

    /** Above all that was read, below all that comes: the next change is in another event. */
    private void begin(int lanes) {
        row = 0;
        Open one = new Open(new Position(epoch, file, offset, OPEN_ROWS + snapshots.size() + 1), happened, lanes);
        open.add(one);
        snapshots.add(one);
        snapshot(SnapshotMark.begin(), one);
    }

    private void read(Open one, int number) {
        Integer value = rows.get(number);
        if (value != null) {
            line(ChangeType.WRITE, 0, null, number, value, one.position);
            one.rows(number % one.rowsByLane.size()).add(lines.get(lines.size() - 1));
            one.read.add(number);
            boolean overtaken = one != snapshots.get(snapshots.size() - 1);
            if (one.position.compareTo(emptied) < 0 || overtaken) {
                // What emptied the table, or the end of a younger snapshot, may come behind it, and takes it away until
                // its own
                // change has come. Capture never goes on with a snapshot of a table once a younger one has begun.
                removed.add(number);
            }
        }
    }

    private void end(Open one) {
        List.copyOf(rows.keySet()).stream()
                .filter(number -> !one.read.contains(number))
                .forEach(number -> read(one, number));
        int lanes = one.rowsByLane.size();
        for (int lane = 0; lane < lanes; lane++) {
            snapshot(SnapshotMark.end(lane, lanes), one);
            one.ends.add(lines.get(lines.size() - 1));
        }
        open.remove(one);
        madeGood(one.began);
    }

    private void cancel(Open one) {
        snapshot(SnapshotMark.cancelled(), one);
        one.cancelled = true;
        open.remove(one);
    }

    /** A snapshot that began then has ended. */
    private void madeGood(int began) {
        if (began > unseen) {
            unseen = -1;
        }
    }

    /** The number of the row that is there with this key, however it is spelt; the same number where none is. */
    private int there(int number) {
        return rows.keySet().stream()
                .filter(any -> keys.same(any, number))
                .findFirst()
                .orElse(number);
    }

    private void define(int step) {
        move(1 + step);
        table(ChangeType.QUERY, Mirrors.shape(table), new Position(epoch, file, offset, 0));
    }

    private void write(int key, Event event) {
        move(event.step());
        Integer before = rows.put(key, event.value());
        line(before == null ? ChangeType.WRITE : ChangeType.UPDATE, key, before, key, event.value(), position());
    }

    private void moveKey(int key, int other, Event event) {
        Integer before = remove(key);
        rows.put(other, event.value());
        if (event.kind() == Kind.MOVE_IN_ONE) {
            line(ChangeType.UPDATE, key, before, other, event.value(), position());
        } else {
            line(ChangeType.DELETE, key, before, 0, null, position());
            line(ChangeType.WRITE, 0, null, other, event.value(), position());
        }
    }

    private void unseen(int key, int value) {
        unseen = happened;
        if (remove(key) == null) {
            rows.put(key, value);
        }
    }

    /** File and offset begin anew, as those of another server do. */
    private void beginSnapshot() {
        if (snapshot == null) {
            epoch++;
            file = 1;
            offset = 157;
            row = 0;
            snapshotBegan = happened;
            snapshot = new Position(epoch, file, offset, 0);
        }
    }

    /** The rows are read as they are by now, at the position where the snapshot began. */
    private void endSnapshot() {
        if (snapshot != null) {
            rows.forEach((key, value) -> line(ChangeType.WRITE, 0, null, key, value, snapshot));
            table(ChangeType.SNAPSHOT, snapshot);
            snapshot = null;
            madeGood(snapshotBegan);
        }
    }

    private void move(int step) {
        if (step == 0 && row > 0) {
            row++;
        } else if (step > 8) {
            file++;
            offset = 4;
            row = 1;
        } else {
            offset += 30L * Math.max(1, step);
            row = 1;
        }
    }

    private Position position() {
        return new Position(epoch, file, offset, row);
    }

    private void line(ChangeType type, int oldKey, Integer before, int newKey, Integer after, Position position) {
        add(writer -> writer.writeRow(
                table, type, image(oldKey, before), image(newKey, after), keys.names(), position, origin(position)));
    }

    private void table(ChangeType type, Position position) {
        table(type, null, position);
    }

    private void table(ChangeType type, TableShape shape, Position position) {
        row = 0;
        add(writer -> writer.writeTable(table, type, shape, position, origin(position)));
    }

    private void snapshot(SnapshotMark mark, Open one) {
        add(writer -> writer.writeSnapshot(table, mark, one.position, origin(one.position)));
    }

    private ChangeWriter.Source origin(Position position) {
        boolean read = position.equals(snapshot) || position.row() >= OPEN_ROWS;
        return new ChangeWriter.Source("3e11fa47", null, 1_795_367_406_199L, read);
    }

    private Part image(int key, Integer value) {
        Map<String, String> columns = new LinkedHashMap<>(keys.of(key));
        columns.put("Value", String.valueOf(value));
        return json -> {
            for (Map.Entry<String, String> column : columns.entrySet()) {
                json.writeFieldName(column.getKey());
                json.writeRawValue(column.getValue());
            }
        };
    }

    private interface Written {
        void to(ChangeWriter writer) throws IOException;
    }

    private void add(Written event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(out)) {
            event.to(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.add(out.toString(StandardCharsets.UTF_8).strip());
    }
}
