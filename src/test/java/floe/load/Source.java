package floe.load;

import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.ChangeWriter.Part;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        /** A snapshot begins, in a new epoch. */
        SNAPSHOT,
        /** The snapshot that is under way reads the rows and ends. */
        SNAPSHOT_END
    }

    private final TableId table;
    private final Keys keys;
    private final Map<Integer, Integer> rows = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private long epoch = 1_795_367_406;
    private long file = 1;
    private long offset = 4;
    private long row;
    private Position snapshot;
    private boolean unseen;

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
        if (unseen && snapshot == null) {
            beginSnapshot();
        }
        endSnapshot();
        return this;
    }

    private void happens(Event event) {
        int key = there(event.key() % keys.count());
        int other = event.other() % keys.count();
        switch (event.kind()) {
            case WRITE -> write(key, event);
            case DELETE -> {
                if (rows.containsKey(key)) {
                    move(event.step());
                    Integer before = rows.remove(key);
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
                rows.clear();
                table(ChangeType.TRUNCATE, new Position(epoch, file, offset, 0));
            }
            case RECREATE -> {
                move(1 + event.step());
                rows.clear();
                table(ChangeType.QUERY, new Position(epoch, file, offset, 0));
                define(0);
            }
            case ALTER -> define(event.step());
            case UNSEEN -> unseen(key, event.value());
            case SNAPSHOT -> beginSnapshot();
            case SNAPSHOT_END -> endSnapshot();
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
        table(ChangeType.QUERY, new TableShape(List.of(), List.of()), new Position(epoch, file, offset, 0));
    }

    private void write(int key, Event event) {
        move(event.step());
        Integer before = rows.put(key, event.value());
        line(before == null ? ChangeType.WRITE : ChangeType.UPDATE, key, before, key, event.value(), position());
    }

    private void moveKey(int key, int other, Event event) {
        Integer before = rows.remove(key);
        rows.put(other, event.value());
        if (event.kind() == Kind.MOVE_IN_ONE) {
            line(ChangeType.UPDATE, key, before, other, event.value(), position());
        } else {
            line(ChangeType.DELETE, key, before, 0, null, position());
            line(ChangeType.WRITE, 0, null, other, event.value(), position());
        }
    }

    private void unseen(int key, int value) {
        if (snapshot != null) {
            return;
        }
        unseen = true;
        if (rows.remove(key) == null) {
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
            unseen = false;
            snapshot = new Position(epoch, file, offset, 0);
        }
    }

    /** The rows are read as they are by now, at the position where the snapshot began. */
    private void endSnapshot() {
        if (snapshot != null) {
            rows.forEach((key, value) -> line(ChangeType.WRITE, 0, null, key, value, snapshot));
            table(ChangeType.SNAPSHOT, snapshot);
            snapshot = null;
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

    private ChangeWriter.Source origin(Position position) {
        return new ChangeWriter.Source("3e11fa47", null, 1_795_367_406_199L, position.equals(snapshot));
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
