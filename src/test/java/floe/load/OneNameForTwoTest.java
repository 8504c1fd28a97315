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
import floe.progress.Work;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.snowflake.MirrorRules;
import floe.snowflake.Rereads;
import floe.snowflake.Setup;
import floe.snowflake.TableUnready;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.staging.StagedLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import local.FloeSettings;
import local.snowflake.SnowflakeServer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Tables that come under a pattern while load runs, some of which Snowflake cannot tell apart by name: the first has the name, and what
 * the others do reaches no table, whichever loader takes it and however often it starts anew.
 */
class OneNameForTwoTest {

    private static final List<TableId> SOURCES = List.of(
            new TableId("s3", "T"),
            new TableId("s3", "t"),
            new TableId("s3", "T_floe"),
            new TableId("s4", "T"),
            new TableId("s4", "straße"),
            new TableId("s3", "STRASSE"),
            new TableId("s3", "straße_Tombstones"));

    private final Random random = new Random();
    private long offset = 100;

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void theFirstHasTheNameAndNoOtherTouchesItsTable(@ForAll long seed) throws Exception {
        random.setSeed(seed);
        offset = 100;
        Map<TableId, Set<Integer>> rows = new HashMap<>();
        List<TableId> winners = new ArrayList<>();
        try (Shop shop = new Shop()) {
            for (int step = 0; step < 40; step++) {
                TableId source = SOURCES.get(random.nextInt(SOURCES.size()));
                List<String> lines = new ArrayList<>();
                if (!rows.containsKey(source)) {
                    rows.put(source, new HashSet<>());
                    lines.add(line(writer -> writer.writeTable(source, ChangeType.QUERY, shape(), at(0), source())));
                    if (winners.stream().noneMatch(other -> shop.collide(source, other))) {
                        winners.add(source);
                    }
                }
                lines.addAll(happens(source, rows.get(source)));

                boolean loaded = shop.loads(lines);

                assertThat(loaded).as("%s beside %s", source, winners).isEqualTo(winners.contains(source));
            }

            for (TableId winner : winners) {
                assertThat(shop.rows(winner)).as("%s of %s", winner, winners).isEqualTo(rows.get(winner));
            }
        }
    }

    private List<String> happens(TableId source, Set<Integer> rows) throws Exception {
        List<String> lines = new ArrayList<>();
        offset += 100;
        int id = random.nextInt(5);
        switch (random.nextInt(5)) {
            case 0 -> {
                rows.clear();
                lines.add(line(writer -> writer.writeTable(source, ChangeType.TRUNCATE, null, at(0), source())));
            }
            case 1 -> {
                rows.clear();
                lines.add(line(
                        writer -> writer.writeSnapshot(source, SnapshotMark.begin(), at(9_999_000_001L), source())));
                lines.add(line(
                        writer -> writer.writeSnapshot(source, SnapshotMark.end(0, 1), at(9_999_000_001L), source())));
            }
            case 2 -> {
                rows.remove(id);
                lines.add(line(writer -> writer.writeRow(
                        source, ChangeType.DELETE, image(source, id), null, List.of("Id"), at(1), source())));
            }
            default -> {
                rows.add(id);
                lines.add(line(writer -> writer.writeRow(
                        source, ChangeType.WRITE, null, image(source, id), List.of("Id"), at(1), source())));
            }
        }
        return lines;
    }

    private Position at(long row) {
        return new Position(1, 1, offset, row);
    }

    private static TableShape shape() {
        Column id = Column.named("Id", "int").nullable(false).build();
        return new TableShape(
                List.of("Id"), List.of(id, Column.named("Author", "varchar").build()));
    }

    private static ChangeWriter.Part image(TableId source, int id) {
        return json -> {
            json.writeNumberField("Id", id);
            json.writeStringField("Author", source.toString());
        };
    }

    private static ChangeWriter.Source source() {
        return new ChangeWriter.Source("3e11fa47", null, 1_795_367_406_199L, false);
    }

    private interface Written {
        void to(ChangeWriter writer) throws Exception;
    }

    private static String line(Written event) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(out)) {
            event.to(writer);
        }
        return out.toString(UTF_8).strip();
    }

    /** A schema that was set up for a pattern when there was no table yet, and two loaders. */
    private static final class Shop implements AutoCloseable {

        private final SnowflakeServer server = SnowflakeServer.start();
        private final Connection connection = server.connection();
        private final DirectCalls calls = new DirectCalls(connection);
        private final Warehouse warehouse;
        private final Targets targets;
        private final Random random = new Random(1);
        private final List<TargetTables> loaders = new ArrayList<>();
        private int files;

        Shop() throws Exception {
            DefaultCamelContext camel = new DefaultCamelContext();
            new FloeSettings()
                    .load("s?.*")
                    .snowflake(server)
                    .set("snowflake.connect-timeout", "30s")
                    .asMap()
                    .forEach(camel.getPropertiesComponent()::addOverrideProperty);
            Settings settings = new Settings(new CamelLookup(camel));
            targets = Targets.read(settings);
            warehouse = new Warehouse(WarehouseSettings.read(settings));
            loaders.add(new TargetTables(warehouse, Rereads.BY_HAND));
            loaders.add(new TargetTables(warehouse, Rereads.BY_HAND));
            new Setup(targets, MirrorRules.USUAL, List.of()).execute(connection, finding -> {});
        }

        boolean collide(TableId one, TableId other) {
            String name = name(one);
            String otherName = name(other);
            return name.equals(otherName) || isBeside(name, otherName) || isBeside(otherName, name);
        }

        private static boolean isBeside(String name, String other) {
            return name.equals(other + "_FLOE") || name.equals(other + "_TOMBSTONES");
        }

        private String name(TableId source) {
            return targets.of(source).orElseThrow().table().name();
        }

        /** Whether the file is loaded; else something of it waits. */
        boolean loads(List<String> content) throws Exception {
            int loader = random.nextInt(2);
            if (random.nextInt(5) == 0) {
                loaders.set(loader, new TargetTables(warehouse, Rereads.BY_HAND));
            }
            Delivery.Staged staged = Delivery.file(files++, content);
            StagedLines lines =
                    new StagedLines(new ByteArrayInputStream(staged.content().getBytes(UTF_8)), 1_000_000);
            Gathering gathering = new GatheredByTable(
                    staged.file(),
                    targets,
                    loaders.get(loader),
                    new GatheredByTable.Bounds(3, 1_000_000),
                    new UnfitRows(1_000));
            try (Steps steps = new Steps(
                    staged.file(), lines, gathering, RowReference::reference, mark -> {}, () -> {}, new TablesLeft())) {
                while (steps.hasNext()) {
                    Work step = steps.next();
                    Call call = (Call) step;
                    assertThat(call.leftOut(calls.answer(call))).isEmpty();
                }
                return true;
            } catch (TableUnready e) {
                assertThat(e).hasMessageContaining("is taken by").hasMessageContaining("load.target");
                return false;
            }
        }

        Set<Integer> rows(TableId source) throws Exception {
            Set<Integer> ids = new HashSet<>();
            for (Map<String, Object> row : server.query("SELECT ID, AUTHOR FROM " + name(source))) {
                assertThat(row.get("AUTHOR")).isEqualTo(source.toString());
                ids.add(Integer.parseInt(String.valueOf(row.get("ID"))));
            }
            return ids;
        }

        @Override
        public void close() throws Exception {
            warehouse.close();
            connection.close();
            server.close();
        }
    }
}
