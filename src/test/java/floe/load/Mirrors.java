package floe.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.change.Column;
import floe.change.RowReference;
import floe.change.TableId;
import floe.change.TableShape;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.progress.RowProgress;
import floe.progress.Work;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.snowflake.Rereads;
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.staging.StagedLines;
import floe.templates.CallTemplates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import local.FloeSettings;
import local.snowflake.SnowflakeServer;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Three mirrored tables in a Snowflake of their own: one with a key of one column, one with a key of two, of which one
 * may be NULL, and one with a key that has several spellings of one value. Files go through the classes that load them,
 * their calls through the real driver.
 */
final class Mirrors implements AutoCloseable {

    static final TableId ITEMS = new TableId("shop", "Items");
    static final TableId PLACES = new TableId("shop", "Places");
    static final TableId LEVELS = new TableId("shop", "Levels");

    static final Source.Keys ITEM_KEYS = new Source.Keys(
            List.of("Id"),
            List.of(Map.of("Id", "1"), Map.of("Id", "2"), Map.of("Id", "-3"), Map.of("Id", "9007199254740993")));

    static final Source.Keys PLACE_KEYS = new Source.Keys(
            List.of("Region", "No"),
            List.of(
                    place("null", "1"),
                    place("\"\"", "1"),
                    place("\"O'Neil \\\"x\\\"\"", "1"),
                    place("null", "18446744073709551615")));

    /** Zero has a sign in MySQL's DOUBLE, and none where keys are compared. */
    static final Source.Keys LEVEL_KEYS = new Source.Keys(
            List.of("Level"),
            List.of(Map.of("Level", "0"), Map.of("Level", "-0.0"), Map.of("Level", "0.0"), Map.of("Level", "-1.5")));

    private static final Map<String, String> CALLS = new HashMap<>(Map.of(
            "load.call.shop.Items.WriteRowsEvent", "CALL INSERT_ITEMS(:?Id, :?Value, :?_position)",
            "load.call.shop.Items.UpdateRowsEvent",
                    "CALL UPDATE_ITEMS(:?before_Id, :?after_Id, :?after_Value, :?_position)",
            "load.call.shop.Items.DeleteRowsEvent", "CALL DELETE_ITEMS(:?Id, :?_position)",
            "load.call.shop.Items.TruncateEvent", "CALL TRUNCATE_ITEMS(:?_position)",
            "load.call.shop.Items.SnapshotEvent", "CALL SNAPSHOT_ITEMS(:?_step, :?_lane, :?_lanes, :?_position)",
            "load.call.shop.Places.WriteRowsEvent", "CALL INSERT_PLACES(:?Region, :?No, :?Value, :?_position)",
            "load.call.shop.Places.UpdateRowsEvent",
                    "CALL UPDATE_PLACES(:?before_Region, :?before_No, :?after_Region, :?after_No, :?after_Value,"
                            + " :?_position)",
            "load.call.shop.Places.DeleteRowsEvent", "CALL DELETE_PLACES(:?Region, :?No, :?_position)",
            "load.call.shop.Places.TruncateEvent", "CALL TRUNCATE_PLACES(:?_position)",
            "load.call.shop.Places.SnapshotEvent", "CALL SNAPSHOT_PLACES(:?_step, :?_lane, :?_lanes, :?_position)"));

    static {
        CALLS.putAll(Map.of(
                "load.call.shop.Levels.WriteRowsEvent", "CALL INSERT_LEVELS(:?Level, :?Value, :?_position)",
                "load.call.shop.Levels.UpdateRowsEvent",
                        "CALL UPDATE_LEVELS(:?before_Level, :?after_Level, :?after_Value, :?_position)",
                "load.call.shop.Levels.DeleteRowsEvent", "CALL DELETE_LEVELS(:?Level, :?_position)",
                "load.call.shop.Levels.TruncateEvent", "CALL TRUNCATE_LEVELS(:?_position)",
                "load.call.shop.Levels.SnapshotEvent",
                        "CALL SNAPSHOT_LEVELS(:?_step, :?_lane, :?_lanes, :?_position)"));
    }

    private static final JsonMapper JSON = new JsonMapper();

    private final SnowflakeServer server = SnowflakeServer.start();
    private final Connection connection = server.connection();
    private final DirectCalls calls = new DirectCalls(connection);
    private final Targets targets;
    private final Warehouse warehouse;
    private final TargetTables tables;
    private final CallTemplates templates;

    Mirrors() throws SQLException, IOException {
        DefaultCamelContext camel = new DefaultCamelContext();
        // Overrides are resolved by key, but not found by prefix.
        Properties calls = new Properties();
        calls.putAll(CALLS);
        camel.getPropertiesComponent().setInitialProperties(calls);
        new FloeSettings()
                .load(ITEMS + "," + PLACES + "," + LEVELS)
                .snowflake(server)
                .set("snowflake.connect-timeout", "30s")
                .set("snowflake.statement-timeout", "10m")
                .asMap()
                .forEach(camel.getPropertiesComponent()::addOverrideProperty);
        Settings settings = new Settings(new CamelLookup(camel));
        targets = Targets.read(settings);
        warehouse = new Warehouse(WarehouseSettings.read(settings));
        tables = new TargetTables(warehouse, Rereads.BY_HAND);
        templates = CallTemplates.read(settings, targets);
        assertThat(List.of(ITEMS, PLACES, LEVELS)).allMatch(templates::has);
        setUp();
    }

    /** Sets all tables up; they may be there. */
    void setUp() {
        Setup.execute(Stream.of(ITEMS, PLACES, LEVELS).map(Mirrors::mirror).toList(), connection);
    }

    /** How {@code table} is defined. */
    static TableShape shape(TableId table) {
        Column value = column("Value", "int", true);
        if (table.equals(PLACES)) {
            return new TableShape(
                    PLACE_KEYS.names(), List.of(column("Region", "varchar", true), unsigned("No"), value));
        }
        return table.equals(ITEMS)
                ? new TableShape(ITEM_KEYS.names(), List.of(column("Id", "bigint", false), value))
                : new TableShape(LEVEL_KEYS.names(), List.of(column("Level", "double", false), value));
    }

    private static Map<String, String> place(String region, String no) {
        Map<String, String> key = new LinkedHashMap<>();
        key.put("Region", region);
        key.put("No", no);
        return key;
    }

    private static Setup.Mirror mirror(TableId id) {
        return new Setup.Mirror(id, shape(id), new SnowflakeName(SnowflakeServer.DATABASE, "PUBLIC", id.table()), true);
    }

    private static Column column(String name, String type, boolean nullable) {
        return Column.named(name, type).nullable(nullable).build();
    }

    private static Column unsigned(String name) {
        return Column.named(name, "bigint").unsigned(true).nullable(false).build();
    }

    /** Empties all tables. */
    void clear() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (TableId table : List.of(ITEMS, PLACES, LEVELS)) {
                statement.execute("DELETE FROM " + table.table());
                statement.execute("DELETE FROM " + table.table() + "_TOMBSTONES");
                statement.execute("DELETE FROM " + table.table() + "_FLOE WHERE SNAPSHOT IS NOT NULL");
                statement.execute("UPDATE " + table.table() + "_FLOE SET FLOOR = '', HORIZON = ''");
            }
            statement.execute("DELETE FROM FLOE_SHAPES WHERE POSITION <> ''");
            statement.execute("DELETE FROM FLOE_DROPS");
            statement.execute("UPDATE FLOE_TABLES SET PLAN = ''");
        }
    }

    /**
     * Loads one file in batches.
     *
     * @param rows of one batch at most
     * @return the lines that became dead letters
     */
    List<DeadLetter> load(Delivery.Staged staged, int rows) throws SQLException {
        return load(staged, batches(staged, rows));
    }

    /** What is looked at behind each call. */
    interface Watch {
        void called() throws SQLException;
    }

    /** Loads one file in batches, and looks behind each call. */
    List<DeadLetter> load(Delivery.Staged staged, int rows, Watch watch) throws SQLException {
        return load(staged, batches(staged, rows), watch);
    }

    /** Loads one file through the procedures that take one change a call, and looks behind each call. */
    List<DeadLetter> loadByRow(Delivery.Staged staged, Watch watch) throws SQLException {
        return load(staged, byRow(staged), watch);
    }

    /** Loads one file through the procedures that take one change a call. */
    List<DeadLetter> loadByRow(Delivery.Staged staged) throws SQLException {
        return load(staged, byRow(staged));
    }

    private CalledByRow byRow(Delivery.Staged staged) {
        return new CalledByRow(staged.file(), targets, tables, templates, false, new RowProgress(), batches(staged, 1));
    }

    private GatheredByTable batches(Delivery.Staged staged, int rows) {
        return new GatheredByTable(
                staged.file(), targets, tables, new GatheredByTable.Bounds(rows, 1_000_000), new UnfitRows(1_000));
    }

    private List<DeadLetter> load(Delivery.Staged staged, Gathering gathering) throws SQLException {
        return load(staged, gathering, () -> {});
    }

    private void take(Work step, List<DeadLetter> letters, Watch watch) throws SQLException {
        if (step instanceof Call call) {
            for (Work left : call.leftOut(calls.answer(call))) {
                take(left, letters, watch);
            }
            watch.called();
        } else if (step instanceof DeadLetters dead) {
            letters.addAll(dead.lines());
        }
    }

    private List<DeadLetter> load(Delivery.Staged staged, Gathering gathering, Watch watch) throws SQLException {
        StagedLines lines =
                new StagedLines(new ByteArrayInputStream(staged.content().getBytes(UTF_8)), 1_000_000);
        List<DeadLetter> letters = new ArrayList<>();
        try (Steps steps = new Steps(
                staged.file(), lines, gathering, RowReference::reference, mark -> {}, () -> {}, new TablesLeft())) {
            while (steps.hasNext()) {
                Work step = steps.next();
                take(step, letters, watch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return letters;
    }

    /** Forgets the deletes of {@code table} so far, and says how many. */
    int purge(TableId table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CALL PURGE_" + SnowflakeName.fold(table.table()) + "(TO_TIMESTAMP_LTZ('2100-01-01 00:00:00'))");
            return Integer.parseInt(only(statement.getResultSet()));
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String only(ResultSet found) throws SQLException {
        assertThat(found.next()).isTrue();
        return found.getString(1);
    }

    /** Below this position nothing of {@code table} counts any more. */
    String floor(TableId table) throws SQLException {
        return state(table, "SELECT FLOOR FROM %s WHERE SNAPSHOT IS NULL");
    }

    /** How many things are kept of what was told of snapshots of {@code table}. */
    int told(TableId table) throws SQLException {
        return Integer.parseInt(state(table, "SELECT COUNT(*) FROM %s WHERE SNAPSHOT IS NOT NULL"));
    }

    /** How many open snapshots a call for {@code table} tells of. */
    int open(TableId table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CALL APPLY_" + SnowflakeName.fold(table.table()) + "(PARSE_JSON('{\"changes\":[]}'))");
            return Answer.of(only(statement.getResultSet())).orElseThrow().openSnapshots();
        }
    }

    private String state(TableId table, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(String.format(query, table.table() + "_FLOE"))) {
            return only(found);
        }
    }

    /** What the table holds: values by key, each as text; a key that is there twice fails. */
    Map<String, String> rows(TableId table, Source.Keys keys) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + table.table())) {
            while (found.next()) {
                List<String> key = new ArrayList<>();
                for (String name : keys.names()) {
                    key.add(oneZero(found.getString(SnowflakeName.fold(name))));
                }
                String before = rows.put(key.toString(), found.getString("VALUE"));
                assertThat(before).as("another row with the key " + key).isNull();
            }
        }
        return rows;
    }

    /** What the source holds, in the same form. */
    static Map<String, String> rows(Source source, Source.Keys keys) {
        Map<String, String> rows = new TreeMap<>();
        source.rows().forEach((number, value) -> rows.put(text(keys.of(number)), String.valueOf(value)));
        return rows;
    }

    /** Zero in one spelling: the key of the row that it names is the same in each. */
    private static String oneZero(String text) {
        return text != null && text.matches("-?0(\\.0)?") ? "0" : text;
    }

    static String text(Map<String, String> key) {
        List<String> texts = new ArrayList<>();
        for (String json : key.values()) {
            try {
                var value = JSON.readTree(json);
                texts.add(value.isNull() ? null : oneZero(value.asText()));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(json, e);
            }
        }
        return texts.toString();
    }

    @Override
    public void close() throws SQLException {
        warehouse.close();
        connection.close();
        server.close();
    }
}
