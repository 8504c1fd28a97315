package floe.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.Column;
import floe.change.Position;
import floe.change.SnapshotMark;
import floe.change.TableId;
import floe.change.TableShape;
import floe.snowflake.MirrorRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever becomes of a MySQL table, its columns and its key, and in whatever order and however often the lines of it arrive:
 * Snowflake's table becomes equal to it. What waits is loaded again, as the route does.
 */
class ShapesInAnyOrderTest {

    private static final TableId THINGS = new TableId("shop", "Things");

    @Property(tries = 60)
    void anyDeliveryOfAnyShapesGivesTheTableOfTheSource(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Life life = new Life(random);
        TableShape first = life.shape();
        int steps = 5 + random.nextInt(25);
        for (int i = 0; i < steps; i++) {
            life.goesOn();
        }
        List<Delivery.Staged> files = Delivery.of(life.lines, random);

        try (Shop shop = new Shop(THINGS, first, MirrorRules.USUAL)) {
            shop.loadsAll(files);

            assertThat(shop.rows(life.added.keySet())).isEqualTo(life.expected());
        }
    }

    /** A row of a snapshot came before the event that tells that a dropped column is there again: its value was left out. */
    @Example
    void aColumnThatCameAgainIsWaitedForByARowOfASnapshot() throws Exception {
        anyDeliveryOfAnyShapesGivesTheTableOfTheSource(-15091113588361L);
    }

    /** What becomes of the table in MySQL. */
    private static final class Life {

        private static final List<String> NAMES = List.of("Ape", "Bee", "Cat");

        private final Random random;
        private final List<String> lines = new ArrayList<>();
        private final Map<String, Column> added = new LinkedHashMap<>();
        private final Map<Integer, Map<String, String>> rows = new TreeMap<>();
        private boolean keyIsWide;
        private long offset = 100;

        Life(Random random) {
            this.random = random;
        }

        void goesOn() throws IOException {
            int id = random.nextInt(4);
            offset += 100;
            switch (random.nextInt(13)) {
                case 0, 1 -> add(NAMES.get(random.nextInt(NAMES.size())));
                case 2 -> drop(NAMES.get(random.nextInt(NAMES.size())));
                case 3 -> changeKey();
                case 4, 5 -> delete(id);
                case 6 -> loseKey();
                default -> write(id);
            }
        }

        private void add(String name) throws IOException {
            if (added.containsKey(name)) {
                return;
            }
            String given = random.nextBoolean() ? "old" + random.nextInt(9) : null;
            added.put(
                    name,
                    Column.named(name, "varchar").length(9L).defaultValue(given).build());
            rows.values().forEach(row -> row.put(name, given));
            tellShape();
        }

        private void drop(String name) throws IOException {
            if (added.remove(name) != null) {
                rows.values().forEach(row -> row.remove(name));
                tellShape();
            }
        }

        /** The table is read again behind another key. */
        private void changeKey() throws IOException {
            keyIsWide = !keyIsWide;
            tellShape();
            readAgain();
        }

        /** For a time it has no key, of which no row comes; then it has the same again, and is read. */
        private void loseKey() throws IOException {
            Position at = new Position(1, 1, offset, 0);
            TableShape keyless = new TableShape(List.of(), shape().columns());
            tell(writer -> writer.writeTable(THINGS, ChangeType.QUERY, keyless, at, source(false)));
            rows.remove(random.nextInt(4));
            offset += 100;
            tellShape();
            readAgain();
        }

        private void readAgain() throws IOException {
            offset += 100;
            Position position = new Position(1, 1, offset, 9_999_000_001L);
            snapshot(SnapshotMark.begin(), position);
            for (int id : rows.keySet()) {
                line(ChangeType.WRITE, id, null, rows.get(id), position, true);
            }
            snapshot(SnapshotMark.end(0, 1), position);
        }

        private void write(int id) throws IOException {
            Map<String, String> row = new LinkedHashMap<>();
            added.keySet().forEach(name -> row.put(name, random.nextInt(5) == 0 ? null : "v" + random.nextInt(99)));
            Map<String, String> before = rows.put(id, row);
            line(before == null ? ChangeType.WRITE : ChangeType.UPDATE, id, before, row, position(), false);
        }

        private void delete(int id) throws IOException {
            Map<String, String> before = rows.remove(id);
            if (before != null) {
                line(ChangeType.DELETE, id, before, null, position(), false);
            }
        }

        TableShape shape() {
            List<Column> columns = new ArrayList<>(List.of(
                    Column.named("Id", "int").nullable(false).build(),
                    Column.named("Part", "int").nullable(false).build()));
            columns.addAll(added.values());
            return new TableShape(key(), columns);
        }

        private List<String> key() {
            return keyIsWide ? List.of("Part", "Id") : List.of("Id");
        }

        private Position position() {
            return new Position(1, 1, offset, 1);
        }

        Map<Integer, Map<String, String>> expected() {
            return rows;
        }

        private void tellShape() throws IOException {
            Position at = new Position(1, 1, offset, 0);
            TableShape shape = shape();
            tell(writer -> writer.writeTable(THINGS, ChangeType.QUERY, shape, at, source(false)));
        }

        private void snapshot(SnapshotMark mark, Position at) throws IOException {
            tell(writer -> writer.writeSnapshot(THINGS, mark, at, source(true)));
        }

        private void line(
                ChangeType type,
                int id,
                Map<String, String> before,
                Map<String, String> after,
                Position at,
                boolean snapshot)
                throws IOException {
            tell(writer ->
                    writer.writeRow(THINGS, type, image(id, before), image(id, after), key(), at, source(snapshot)));
        }

        private static ChangeWriter.Part image(int id, Map<String, String> row) {
            return json -> {
                json.writeNumberField("Id", id);
                json.writeNumberField("Part", id % 2);
                for (Map.Entry<String, String> column : row.entrySet()) {
                    json.writeStringField(column.getKey(), column.getValue());
                }
            };
        }

        private static ChangeWriter.Source source(boolean snapshot) {
            return new ChangeWriter.Source("3e11fa47", null, 1_795_367_406_199L, snapshot);
        }

        private interface Written {
            void to(ChangeWriter writer) throws IOException;
        }

        private void tell(Written event) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ChangeWriter writer = new ChangeWriter(out)) {
                event.to(writer);
            }
            lines.add(out.toString(UTF_8).strip());
        }
    }
}
