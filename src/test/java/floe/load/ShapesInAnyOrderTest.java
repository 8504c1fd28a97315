package floe.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.Column;
import floe.change.Position;
import floe.change.RowReference;
import floe.change.SnapshotMark;
import floe.change.TableId;
import floe.change.TableShape;
import floe.letters.DeadLetters;
import floe.progress.Work;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.staging.StagedLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import local.FloeSettings;
import local.snowflake.SnowflakeServer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Whatever becomes of a MySQL table, its columns and its key, and in whatever order and however often the lines of it arrive:
 * Snowflake's table becomes equal to it. What waits is loaded again, as the route does.
 */
class ShapesInAnyOrderTest {

    private static final TableId THINGS = new TableId("shop", "Things");
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    @Property(tries = 60)
    void anyDeliveryOfAnyShapesGivesTheTableOfTheSource(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Life life = new Life(random);
        TableShape first = life.shape();
        int steps = 5 + random.nextInt(25);
        for (int i = 0; i < steps; i++) {
            life.goesOn();
        }
        List<Delivery.Staged> files = new ArrayList<>(Delivery.of(life.lines, random));

        try (Shop shop = new Shop(first)) {
            files.removeIf(shop::loads);
            // By now all shapes were told of, whatever waited beside them.
            assertThat(files).allMatch(shop::loads);

            assertThat(shop.rows(life)).isEqualTo(life.expected());
        }
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
            switch (random.nextInt(12)) {
                case 0, 1 -> add(NAMES.get(random.nextInt(NAMES.size())));
                case 2 -> drop(NAMES.get(random.nextInt(NAMES.size())));
                case 3 -> changeKey();
                case 4, 5 -> delete(id);
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

    /** The table in a Snowflake of its own, as the classes that load files fill it. */
    private static final class Shop implements AutoCloseable {

        private final SnowflakeServer server = SnowflakeServer.start();
        private final Connection connection = server.connection();
        private final Warehouse warehouse;
        private final Targets targets;
        private final TargetTables tables;

        Shop(TableShape first) throws Exception {
            DefaultCamelContext camel = new DefaultCamelContext();
            new FloeSettings()
                    .load(THINGS.toString())
                    .snowflake(server)
                    .set("snowflake.connect-timeout", "30s")
                    .asMap()
                    .forEach(camel.getPropertiesComponent()::addOverrideProperty);
            Settings settings = new Settings(new CamelLookup(camel));
            targets = Targets.read(settings);
            warehouse = new Warehouse(WarehouseSettings.read(settings));
            tables = new TargetTables(warehouse);
            SnowflakeName table = targets.of(THINGS).orElseThrow().table();
            Setup.execute(List.of(new Setup.Mirror(THINGS, first, table)), connection);
        }

        /** Whether the file is loaded; else something of it waits. */
        boolean loads(Delivery.Staged staged) {
            StagedLines lines =
                    new StagedLines(new ByteArrayInputStream(staged.content().getBytes(UTF_8)), 1_000_000);
            Gathering gathering =
                    new GatheredByTable(staged.file(), targets, tables, new GatheredByTable.Bounds(3, 1_000_000));
            try (Steps steps = new Steps(staged.file(), lines, gathering, RowReference::reference, () -> {})) {
                while (steps.hasNext()) {
                    Work step = steps.next();
                    assertThat(step).isNotInstanceOf(DeadLetters.class);
                    Call call = (Call) step;
                    assertThat(call.leftOut(answer(call))).isEmpty();
                }
                return true;
            } catch (TableUnready e) {
                assertThat(e).hasMessageContaining("no event has told of it yet");
                return false;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private String answer(Call call) throws Exception {
            List<String> names = PARAMETER
                    .matcher(call.sql())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            try (PreparedStatement statement =
                    connection.prepareStatement(PARAMETER.matcher(call.sql()).replaceAll("?"))) {
                for (int i = 0; i < names.size(); i++) {
                    statement.setObject(i + 1, call.parameters().get(names.get(i)));
                }
                try (ResultSet answer = statement.executeQuery()) {
                    answer.next();
                    return answer.getString(1);
                }
            }
        }

        /** The columns that the source has now; a row that is there twice fails. */
        Map<Integer, Map<String, String>> rows(Life life) throws Exception {
            Map<Integer, Map<String, String>> rows = new TreeMap<>();
            for (Map<String, Object> found : server.query("SELECT * FROM THINGS")) {
                Map<String, String> row = new LinkedHashMap<>();
                life.added.keySet().forEach(name -> row.put(name, (String) found.get(SnowflakeName.fold(name))));
                int id = Integer.parseInt(String.valueOf(found.get("ID")));
                assertThat(rows.put(id, row)).as("another row %s", id).isNull();
            }
            return rows;
        }

        @Override
        public void close() throws Exception {
            warehouse.close();
            connection.close();
            server.close();
        }
    }
}
