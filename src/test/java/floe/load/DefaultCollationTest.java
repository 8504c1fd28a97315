package floe.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.Column;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import floe.snowflake.SnowflakeName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** In a schema whose texts compare without their case, keys are told apart by their bytes all the same. */
class DefaultCollationTest {

    private static final TableId WORDS = new TableId("shop", "Words");

    /** The same but for their case, the last but for its length too. */
    private static final List<String> KEYS = List.of("a", "A", "aB", "Ab", "AB", "\u00e4", "\u00c4", "a ");

    private static final ChangeWriter.Source SOURCE = new ChangeWriter.Source("3e11fa47", null, 0, false);

    @Property(tries = 20)
    void keysThatDifferInTheirCaseAreDifferentRows(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, String> expected = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        boolean another = random.nextBoolean();
        String key = "Word";
        if (another) {
            key = "Name";
            lines.add(told(shape("Name"), new Position(1, 1, 50, 0)));
        }
        for (int i = 0; i < 30; i++) {
            lines.add(event(random, i, key, expected));
        }
        try (Shop shop = new Shop(WORDS, shape("Word"), "ALTER SCHEMA PUBLIC SET DEFAULT_DDL_COLLATION = 'en-ci'")) {
            List<Delivery.Staged> files = new ArrayList<>(Delivery.of(lines, random));
            files.removeIf(shop::loads);
            assertThat(files).allMatch(shop::loads);

            Map<String, String> rows = new LinkedHashMap<>();
            for (Map<String, Object> row : shop.query("SELECT * FROM WORDS")) {
                String word = String.valueOf(row.get(SnowflakeName.fold(key)));
                assertThat(rows.put(word, String.valueOf(row.get("VALUE")))).isNull();
            }
            assertThat(rows).isEqualTo(expected);
        }
    }

    private static String event(Random random, int number, String key, Map<String, String> rows) throws IOException {
        String word = KEYS.get(random.nextInt(KEYS.size()));
        String value = "v" + number;
        ChangeType type = random.nextInt(3) == 0 ? ChangeType.DELETE : ChangeType.WRITE;
        if (type == ChangeType.DELETE) {
            rows.remove(word);
        } else {
            rows.put(word, value);
        }
        ChangeWriter.Part image = json -> {
            json.writeStringField(key, word);
            json.writeStringField("Value", value);
        };
        Position at = new Position(1, 1, 100 + number, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(out)) {
            writer.writeRow(WORDS, type, image, image, List.of(key), at, SOURCE);
        }
        return out.toString(UTF_8).strip();
    }

    private static String told(TableShape shape, Position at) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(out)) {
            writer.writeTable(WORDS, ChangeType.QUERY, shape, at, SOURCE);
        }
        return out.toString(UTF_8).strip();
    }

    private static TableShape shape(String key) {
        return new TableShape(
                List.of(key),
                List.of(
                        Column.named(key, "varchar").length(9L).nullable(false).build(),
                        Column.named("Value", "varchar").length(9L).build()));
    }
}
