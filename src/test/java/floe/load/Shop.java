package floe.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.RowReference;
import floe.change.TableId;
import floe.change.TableShape;
import floe.letters.DeadLetters;
import floe.progress.Work;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.snowflake.MirrorRules;
import floe.snowflake.Rereads;
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import floe.snowflake.Target;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.staging.StagedLines;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import local.FloeSettings;
import local.snowflake.SnowflakeServer;
import org.apache.camel.impl.DefaultCamelContext;

/** A table in a Snowflake of its own, as the classes that load files fill it. No line may become a dead letter. */
final class Shop implements AutoCloseable {

    private final SnowflakeServer server = SnowflakeServer.start();
    private final Connection connection = server.connection();
    private final DirectCalls calls = new DirectCalls(connection);
    private final TableId source;
    private final Warehouse warehouse;
    private final Targets targets;
    private final TargetTables tables;

    /** As nobody chose otherwise. */
    Shop(TableId source, TableShape first, String... before) throws Exception {
        this(source, first, MirrorRules.USUAL, before);
    }

    /** @param before statements that are run before the table is made */
    Shop(TableId source, TableShape first, MirrorRules rules, String... before) throws Exception {
        this.source = source;
        server.execute(before);
        DefaultCamelContext camel = new DefaultCamelContext();
        new FloeSettings()
                .load(source.toString())
                .snowflake(server)
                .set("snowflake.connect-timeout", "30s")
                .asMap()
                .forEach(camel.getPropertiesComponent()::addOverrideProperty);
        Settings settings = new Settings(new CamelLookup(camel));
        targets = Targets.read(settings);
        warehouse = new Warehouse(WarehouseSettings.read(settings));
        tables = new TargetTables(warehouse, Rereads.BY_HAND);
        setUp(first, rules);
    }

    /** Sets the table up; it may be there. */
    void setUp(TableShape shape, MirrorRules rules) {
        Setup.execute(List.of(new Setup.Mirror(source, shape, target().table())), rules, connection);
        tables.forget(target());
    }

    private Target target() {
        return targets.of(source).orElseThrow();
    }

    /** Loads all files; those of which something waits are loaded again behind the others. */
    void loadsAll(List<Delivery.Staged> files) {
        List<Delivery.Staged> waiting = new ArrayList<>(files);
        boolean some = true;
        waiting.removeIf(this::loads);
        // By now all shapes were told of, whatever waited beside them.
        while (some) {
            some = waiting.removeIf(this::loads);
        }
        assertThat(waiting).isEmpty();
    }

    /** Whether the file is loaded; else something of it waits. */
    boolean loads(Delivery.Staged staged) {
        StagedLines lines =
                new StagedLines(new ByteArrayInputStream(staged.content().getBytes(UTF_8)), 1_000_000);
        Gathering gathering = new GatheredByTable(
                staged.file(), targets, tables, new GatheredByTable.Bounds(3, 1_000_000), new UnfitRows(1_000));
        try (Steps steps = new Steps(
                staged.file(), lines, gathering, RowReference::reference, mark -> {}, () -> {}, new TablesLeft())) {
            while (steps.hasNext()) {
                Work step = steps.next();
                assertThat(step).isNotInstanceOf(DeadLetters.class);
                Call call = (Call) step;
                assertThat(call.leftOut(calls.answer(call))).isEmpty();
            }
            return true;
        } catch (TableUnready e) {
            assertThat(e.getMessage()).containsAnyOf("no event has told of", "has no key");
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<Map<String, Object>> query(String sql) throws SQLException {
        return server.query(sql);
    }

    /** Has the table looked at, as a loader does every few minutes. */
    void look() {
        tables.refreshed(target());
    }

    /** What these columns hold by Id, as text; a row that is there twice fails. */
    Map<Integer, Map<String, String>> rows(Collection<String> columns) throws Exception {
        Map<Integer, Map<String, String>> rows = new TreeMap<>();
        for (Map<String, Object> found : server.query("SELECT * FROM " + SnowflakeName.fold(source.table()))) {
            Map<String, String> row = new LinkedHashMap<>();
            for (String name : columns) {
                Object value = found.get(SnowflakeName.fold(name));
                row.put(name, value == null ? null : String.valueOf(value));
            }
            int id = Integer.parseInt(String.valueOf(found.get("ID")));
            assertThat(rows.put(id, row)).as("another row %s", id).isNull();
        }
        return rows;
    }

    /** The rows that are like this, by Id. */
    Set<Integer> where(String condition) throws Exception {
        Set<Integer> ids = new TreeSet<>();
        for (Map<String, Object> row :
                server.query("SELECT ID FROM " + SnowflakeName.fold(source.table()) + " WHERE " + condition)) {
            ids.add(Integer.valueOf(String.valueOf(row.get("ID"))));
        }
        return ids;
    }

    /** The columns that the table has. */
    List<String> columns() throws Exception {
        return server
                .query("SELECT COLUMN_NAME FROM " + SnowflakeServer.DATABASE + ".INFORMATION_SCHEMA.COLUMNS"
                        + " WHERE TABLE_NAME = '" + SnowflakeName.fold(source.table()) + "'")
                .stream()
                .map(row -> String.valueOf(row.get("COLUMN_NAME")))
                .toList();
    }

    void execute(String sql) throws SQLException {
        server.execute(sql);
    }

    @Override
    public void close() throws Exception {
        warehouse.close();
        connection.close();
        server.close();
    }
}
