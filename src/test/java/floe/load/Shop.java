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
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.staging.StagedLines;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import local.FloeSettings;
import local.snowflake.SnowflakeServer;
import org.apache.camel.impl.DefaultCamelContext;

/** A table in a Snowflake of its own, as the classes that load files fill it. No line may become a dead letter. */
final class Shop implements AutoCloseable {

    private final SnowflakeServer server = SnowflakeServer.start();
    private final Connection connection = server.connection();
    private final DirectCalls calls = new DirectCalls(connection);
    private final Warehouse warehouse;
    private final Targets targets;
    private final TargetTables tables;

    /** @param before statements that are run before the table is made */
    Shop(TableId source, TableShape first, String... before) throws Exception {
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
        tables = new TargetTables(warehouse);
        SnowflakeName table = targets.of(source).orElseThrow().table();
        Setup.execute(List.of(new Setup.Mirror(source, first, table)), connection);
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
                assertThat(call.leftOut(calls.answer(call))).isEmpty();
            }
            return true;
        } catch (TableUnready e) {
            assertThat(e.getMessage()).containsAnyOf("no event has told of it yet", "has no key");
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<Map<String, Object>> query(String sql) throws SQLException {
        return server.query(sql);
    }

    @Override
    public void close() throws Exception {
        warehouse.close();
        connection.close();
        server.close();
    }
}
