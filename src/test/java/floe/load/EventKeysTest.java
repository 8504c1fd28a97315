package floe.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.Column;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The key that an event names is compared with the table's: what names another one waits, and changes nothing. */
class EventKeysTest {

    private static final TableId PARTS = new TableId("shop", "Parts");

    /** The first are the table's: the order of a key's columns, and their case, tell no rows apart. */
    private static final List<List<String>> KEYS = List.of(
            List.of("Item", "Part"),
            List.of("Part", "Item"),
            List.of("ITEM", "part"),
            List.of(),
            List.of("Item"),
            List.of("Part"),
            List.of("Item", "Part", "Value"),
            List.of("Item", "Piece"),
            List.of("Value"),
            List.of("_row_hash"));

    private static final int RIGHT = 4;

    @Property(tries = 20)
    void onlyEventsOfTheTablesOwnKeyAreApplied(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, String> expected = new TreeMap<>();
        try (Shop shop = new Shop(PARTS, shape())) {
            for (int i = 0; i < 40; i++) {
                int key = random.nextInt(KEYS.size());
                boolean isRight = key < RIGHT;
                String line = event(random, i, KEYS.get(key), isRight ? expected : new TreeMap<>(expected));

                assertThat(shop.loads(Delivery.file(i, List.of(line)))).as(line).isEqualTo(isRight);
            }
            assertThat(rows(shop)).isEqualTo(expected);
        }
    }

    private static String event(Random random, int number, List<String> key, Map<String, String> rows)
            throws IOException {
        Position at = new Position(1, 1, 100 + number, 1);
        int item = random.nextInt(2);
        int part = random.nextInt(2);
        String value = "v" + number;
        String old = rows.remove(item + " " + part);
        if (random.nextInt(4) == 0) {
            return line(ChangeType.DELETE, image(item, part, old), null, key, at);
        }
        // An update may give the row another key.
        int newItem = random.nextInt(3) == 0 ? random.nextInt(2) : item;
        rows.put(newItem + " " + part, value);
        return line(ChangeType.UPDATE, image(item, part, old), image(newItem, part, value), key, at);
    }

    private static String line(
            ChangeType type, ChangeWriter.Part before, ChangeWriter.Part after, List<String> key, Position at)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(out)) {
            writer.writeRow(PARTS, type, before, after, key, at, new ChangeWriter.Source("3e11fa47", null, 0, false));
        }
        return out.toString(UTF_8).strip();
    }

    private static ChangeWriter.Part image(int item, int part, String value) {
        return json -> {
            json.writeNumberField("Item", item);
            json.writeNumberField("Part", part);
            json.writeStringField("Value", value);
        };
    }

    private static TableShape shape() {
        return new TableShape(
                List.of("Item", "Part"),
                List.of(
                        Column.named("Item", "int").nullable(false).build(),
                        Column.named("Part", "int").nullable(false).build(),
                        Column.named("Value", "varchar").length(9L).build()));
    }

    private static Map<String, String> rows(Shop shop) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        List<String> twice = new ArrayList<>();
        for (Map<String, Object> row : shop.query("SELECT ITEM, PART, VALUE FROM PARTS")) {
            String key = row.get("ITEM") + " " + row.get("PART");
            if (rows.put(key, String.valueOf(row.get("VALUE"))) != null) {
                twice.add(key);
            }
        }
        assertThat(twice).isEmpty();
        return rows;
    }
}
