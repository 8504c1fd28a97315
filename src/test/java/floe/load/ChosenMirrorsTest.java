package floe.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.Column;
import floe.change.Position;
import floe.change.SnapshotMark;
import floe.change.TableId;
import floe.change.TableShape;
import floe.snowflake.MirrorRule;
import floe.snowflake.MirrorRule.Deletes;
import floe.snowflake.MirrorRule.DroppedColumns;
import floe.snowflake.MirrorRule.DroppedTables;
import floe.snowflake.MirrorRule.Metadata;
import floe.snowflake.MirrorRules;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * However its owner wants a table to be mirrored, and in whatever order and however often the lines of it arrive: Snowflake's
 * table is the one that they give in their order.
 */
class ChosenMirrorsTest {

    private static final TableId THINGS = new TableId("shop", "Things");
    private static final TableShape SHAPE = new TableShape(
            List.of("Id"),
            List.of(
                    Column.named("Id", "int").nullable(false).build(),
                    Column.named("Value", "varchar").build()));

    @Property(tries = 80)
    void anyDeliveryGivesTheTableThatTheOwnerWants(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        MirrorRule rule = rule(random);
        Life life = new Life(rule, random);
        life.goesOn(5 + random.nextInt(30));

        try (Shop shop = new Shop(THINGS, SHAPE, rules(rule))) {
            shop.loadsAll(Delivery.of(life.lines, random));

            if (life.isGone()) {
                assertThat(shop.columns()).isEmpty();
                return;
            }
            assertThat(shop.rows(Row.columns(rule))).isEqualTo(life.expected());
            assertThat(shop.columns())
                    .containsAll(
                            Row.columns(rule).stream().map(SnowflakeName::fold).toList());
        }
    }

    @Property(tries = 40)
    void theOwnerMayChooseAnewAtAnyTime(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        MirrorRule last = usual(oneOf(random, Deletes.values()));
        Life life = new Life(last, random);
        life.goesOn(5 + random.nextInt(30));
        life.isThereAgain();
        List<Delivery.Staged> files = Delivery.of(life.lines, random);

        try (Shop shop = new Shop(THINGS, SHAPE, rules(usual(oneOf(random, Deletes.values()))))) {
            for (Delivery.Staged file : files) {
                assertThat(shop.loads(file)).isTrue();
                if (random.nextInt(3) == 0) {
                    shop.setUp(SHAPE, rules(usual(oneOf(random, Deletes.values()))));
                }
            }
            shop.setUp(SHAPE, rules(last));
            shop.loadsAll(files.subList(random.nextInt(files.size()), files.size()));

            if (last.deletes() == Deletes.SOFT) {
                assertThat(shop.columns()).contains("_DELETED", "_DELETED_AT");
                shop.execute("DELETE FROM THINGS WHERE _DELETED");
            } else {
                assertThat(shop.columns()).doesNotContain("_DELETED", "_DELETED_AT");
            }
            assertThat(shop.rows(List.of("Value"))).isEqualTo(life.living());
        }
    }

    @Test
    void aRowTellsWhenItWasChangedAndDeleted() throws Exception {
        MirrorRule rule =
                new MirrorRule(Deletes.SOFT, DroppedColumns.KEEP, DroppedTables.KEEP, Set.of(Metadata.values()));
        Life life = new Life(rule, new Random(1));
        life.write(1, "one");
        life.write(2, "two");
        life.delete(1);
        life.truncate();
        life.write(3, "three");

        try (Shop shop = new Shop(THINGS, SHAPE, rules(rule))) {
            shop.loadsAll(Delivery.of(life.lines, new Random()));

            assertThat(shop.where("_DELETED_AT = " + moment(400))).containsExactly(1);
            assertThat(shop.where("_DELETED_AT = " + moment(500))).containsExactly(2);
            assertThat(shop.where("NOT _DELETED AND _DELETED_AT IS NULL AND _COMMITTED_AT = " + moment(600)))
                    .containsExactly(3);
            assertThat(shop.where("_APPLIED_AT IS NOT NULL AND _COMMITTED_AT IS NOT NULL"))
                    .containsExactly(1, 2, 3);
        }
    }

    private static String moment(int offset) {
        return "TO_TIMESTAMP_TZ('2026-11-22 17:10:00." + offset + "Z', 'AUTO')";
    }

    @Test
    void aColumnThatTheSourceLacksForADayGoesAndNothingOldBringsItBack() throws Exception {
        MirrorRule rule = new MirrorRule(Deletes.HARD, DroppedColumns.DROP, DroppedTables.KEEP, Set.of());
        Life life = new Life(rule, new Random(1));
        life.write(1, "old");
        String withIt = life.tellShape(SHAPE);
        String without =
                life.tellShape(new TableShape(List.of("Id"), SHAPE.columns().subList(0, 1)));

        try (Shop shop = new Shop(THINGS, SHAPE, rules(rule))) {
            shop.loadsAll(List.of(Delivery.file(1, life.lines)));
            shop.look();
            assertThat(shop.columns()).contains("VALUE");

            shop.execute("UPDATE FLOE_SHAPES SET TOLD_AT = TO_TIMESTAMP_LTZ('2020-01-01 00:00:00')");
            shop.look();
            assertThat(shop.columns()).doesNotContain("VALUE");

            shop.loadsAll(List.of(Delivery.file(2, life.lines), Delivery.file(3, List.of(withIt, without))));
            assertThat(shop.columns()).doesNotContain("VALUE");
            assertThat(shop.rows(List.of())).containsOnlyKeys(1);
        }
    }

    @Test
    void aDropThatComesAgainTakesNoYoungerRows() throws Exception {
        MirrorRule rule = new MirrorRule(Deletes.HARD, DroppedColumns.KEEP, DroppedTables.DROP, Set.of());
        Life life = new Life(rule, new Random(1));
        life.write(1, "old");
        life.drop();
        List<String> before = List.copyOf(life.lines);
        life.write(2, "young");
        String young = life.lines.get(life.lines.size() - 1);

        try (Shop shop = new Shop(THINGS, SHAPE, rules(rule))) {
            shop.loadsAll(List.of(Delivery.file(1, List.of(young)), Delivery.file(2, before)));

            assertThat(shop.rows(List.of("Value"))).isEqualTo(Map.of(2, Map.of("Value", "young")));
        }
    }

    @Test
    void aSourceWithAColumnOfFloesOwnIsRefusedByName() {
        TableShape shape = new TableShape(
                List.of("Id"),
                List.of(
                        Column.named("Id", "int").nullable(false).build(),
                        Column.named("_Operation", "varchar").build()));
        MirrorRule rule =
                new MirrorRule(Deletes.HARD, DroppedColumns.KEEP, DroppedTables.KEEP, Set.of(Metadata.OPERATION));

        assertThatThrownBy(() -> new Shop(THINGS, shape, rules(rule)).close())
                .isInstanceOf(TableUnready.class)
                .hasMessageContaining("THINGS")
                .hasMessageContaining("\"_OPERATION\"");
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static MirrorRules rules(MirrorRule rule) {
        return new MirrorRules(rule, Map.of());
    }

    private static MirrorRule usual(Deletes deletes) {
        return new MirrorRule(deletes, DroppedColumns.KEEP, DroppedTables.EMPTY, Set.of());
    }

    private static MirrorRule rule(Random random) {
        return new MirrorRule(
                oneOf(random, Deletes.values()),
                DroppedColumns.KEEP,
                oneOf(random, DroppedTables.values()),
                random.nextBoolean() ? Set.of(Metadata.values()) : Set.of());
    }

    /**
     * A row as its last change left it.
     *
     * @param ended when it was deleted; null while it lives, "" where only a later time is sure
     */
    private record Row(String value, String operation, String ended) {

        static List<String> columns(MirrorRule rule) {
            List<String> columns = new ArrayList<>(List.of("Value"));
            if (rule.deletes() == Deletes.SOFT) {
                columns.add("_DELETED");
            }
            if (!rule.metadata().isEmpty()) {
                columns.add("_OPERATION");
            }
            return columns;
        }

        Map<String, String> as(MirrorRule rule) {
            Map<String, String> all = new LinkedHashMap<>();
            for (String column : columns(rule)) {
                all.put(column, column.equals("Value") ? value : column.equals("_DELETED") ? deleted() : operation);
            }
            return all;
        }

        private String deleted() {
            return String.valueOf(ended != null);
        }
    }

    /** What becomes of the table in MySQL, and of its mirror where the lines come in their order. */
    private static final class Life {

        private final MirrorRule rule;
        private final Random random;
        private final List<String> lines = new ArrayList<>();
        private final Map<Integer, Row> rows = new TreeMap<>();
        /** Those that are there in MySQL. */
        private final Map<Integer, String> living = new TreeMap<>();

        private boolean dropped;
        private long offset = 100;

        Life(MirrorRule rule, Random random) {
            this.rule = rule;
            this.random = random;
        }

        void goesOn(int steps) throws IOException {
            for (int i = 0; i < steps; i++) {
                if (dropped) {
                    isThereAgain();
                }
                int id = random.nextInt(5);
                switch (random.nextInt(14)) {
                    case 0 -> truncate();
                    case 1 -> snapshot();
                    case 2 -> drop();
                    case 3, 4, 5, 6 -> delete(id);
                    default -> write(id, "v" + random.nextInt(99));
                }
            }
        }

        void write(int id, String value) throws IOException {
            offset += 100;
            String before = living.put(id, value);
            boolean update = before != null;
            rows.put(id, new Row(value, update ? "update" : "insert", null));
            line(update ? ChangeType.UPDATE : ChangeType.WRITE, id, before, value, position(1), false);
        }

        private void delete(int id) throws IOException {
            String before = living.remove(id);
            if (before != null) {
                offset += 100;
                rows.put(id, new Row(before, "delete", time()));
                line(ChangeType.DELETE, id, before, null, position(1), false);
            }
        }

        private void truncate() throws IOException {
            offset += 100;
            living.clear();
            allEnd();
            Position at = position(0);
            tell(writer -> writer.writeTable(THINGS, ChangeType.TRUNCATE, null, at, source(false)));
        }

        void drop() throws IOException {
            offset += 100;
            living.clear();
            dropped = true;
            Position at = position(0);
            tell(writer -> writer.writeTable(THINGS, ChangeType.QUERY, null, at, source(false)));
            if (rule.droppedTables() == DroppedTables.EMPTY) {
                allEnd();
            }
        }

        /** A table of the same name, without rows. */
        void isThereAgain() throws IOException {
            if (dropped) {
                dropped = false;
                if (rule.droppedTables() == DroppedTables.DROP) {
                    rows.clear();
                } else {
                    allEnd();
                }
                tellShape(SHAPE);
            }
        }

        String tellShape(TableShape shape) throws IOException {
            offset += 100;
            Position at = position(0);
            tell(writer -> writer.writeTable(THINGS, ChangeType.QUERY, shape, at, source(false)));
            return lines.get(lines.size() - 1);
        }

        /** Some rows had gone before it without an event. */
        private void snapshot() throws IOException {
            offset += 100;
            living.keySet().removeIf(id -> random.nextInt(4) == 0);
            Position at = position(9_999_000_001L);
            tell(writer -> writer.writeSnapshot(THINGS, SnapshotMark.begin(), at, source(true)));
            allEnd();
            for (Map.Entry<Integer, String> row : living.entrySet()) {
                rows.put(row.getKey(), new Row(row.getValue(), "snapshot", null));
                line(ChangeType.WRITE, row.getKey(), null, row.getValue(), at, true);
            }
            for (int lane = 0; lane < 2; lane++) {
                SnapshotMark end = SnapshotMark.end(lane, 2);
                tell(writer -> writer.writeSnapshot(THINGS, end, at, source(true)));
            }
        }

        private void allEnd() {
            rows.replaceAll((id, row) -> row.ended() != null ? row : new Row(row.value(), "delete", ""));
        }

        boolean isGone() {
            return dropped && rule.droppedTables() == DroppedTables.DROP;
        }

        Map<Integer, Map<String, String>> living() {
            Map<Integer, Map<String, String>> all = new TreeMap<>();
            living.forEach((id, value) -> all.put(id, Map.of("Value", value)));
            return all;
        }

        Map<Integer, Map<String, String>> expected() {
            Map<Integer, Map<String, String>> all = new TreeMap<>();
            rows.forEach((id, row) -> {
                if (row.ended() == null || rule.deletes() == Deletes.SOFT) {
                    all.put(id, row.as(rule));
                }
            });
            return all;
        }

        private String time() {
            return String.valueOf(offset);
        }

        private Position position(long row) {
            return new Position(1, 1, offset, row);
        }

        private void line(ChangeType type, int id, String before, String after, Position at, boolean snapshot)
                throws IOException {
            tell(writer -> writer.writeRow(
                    THINGS, type, image(id, before), image(id, after), List.of("Id"), at, source(snapshot)));
        }

        private static ChangeWriter.Part image(int id, String value) {
            return json -> {
                json.writeNumberField("Id", id);
                json.writeStringField("Value", value);
            };
        }

        private ChangeWriter.Source source(boolean snapshot) {
            return new ChangeWriter.Source("3e11fa47", null, 1_795_367_400_000L + offset, snapshot);
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
