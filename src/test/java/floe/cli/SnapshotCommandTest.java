package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import floe.change.Position;
import floe.change.TableId;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.state.CaptureState;
import floe.state.SnapshotRequests;
import floe.state.StateFile;
import floe.state.TableSnapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SnapshotCommandTest {

    private static final TableId ITEMS = TableId.parse("shop.items");
    private static final TableId ORDERS = TableId.parse("shop.orders");
    private static final TableId OTHERS = TableId.parse("other.items");

    @TempDir
    Path state;

    private final StringWriter told = new StringWriter();

    @Test
    void asksForAllTablesWhereCaptureLooksForIt() throws Exception {
        assertThat(run(state)).isZero();
        assertThat(run(state)).isZero();

        assertThat(SnapshotRequests.in(state).open()).hasSize(2).allSatisfy(request -> {
            assertThat(request.wish()).isEqualTo(SnapshotRequests.Wish.READ);
            assertThat(request.tables()).containsExactly(ITEMS, ORDERS, OTHERS);
        });
        assertThat(told.toString()).contains("all captured tables");
    }

    @Test
    void asksForTheTablesThatAreNamed() throws Exception {
        assertThat(run(state, "shop.*")).isZero();
        assertThat(run(state, "shop.item?", "--cancel", "--json")).isZero();

        assertThat(SnapshotRequests.in(state).open())
                .extracting(SnapshotRequests.Request::wish, SnapshotRequests.Request::tables)
                .containsExactly(
                        tuple(SnapshotRequests.Wish.READ, List.of(ITEMS, ORDERS)),
                        tuple(SnapshotRequests.Wish.CANCEL, List.of(ITEMS)));
        assertThat(told.toString()).contains("{\"table\":\"shop.items\",\"asked\":\"cancel\"}");
    }

    @Test
    void aTableThatIsNotCapturedIsToldAndNothingIsAsked() throws Exception {
        assertThat(run(state, "shop.items", "shop.item")).isEqualTo(2);

        assertThat(told.toString())
                .contains("'shop.item' is none of the captured tables")
                .contains("shop.orders");
        assertThat(SnapshotRequests.in(state).open()).isEmpty();
    }

    @Test
    void patternsMeanTheTablesThatCaptureKnows() throws Exception {
        new StateFile(state.resolve("state.json"))
                .write(CaptureState.initial("server", "binlog")
                        .capturing(Set.of(ITEMS, ORDERS, TableId.parse("shop.tmp_1")), Set.of(), Instant.EPOCH));

        assertThat(runFor("shop.*, !shop.tmp_*, other.*")).isZero();
        assertThat(runFor("shop.*, !shop.tmp_*, other.*", "other.items")).isZero();
        assertThat(runFor("shop.*, !shop.tmp_*, other.*", "shop.tmp_1")).isEqualTo(2);

        assertThat(SnapshotRequests.in(state).open())
                .extracting(SnapshotRequests.Request::tables)
                .containsExactly(List.of(ITEMS, ORDERS), List.of(OTHERS));
    }

    @Test
    void wherePatternsMeanNothingYetItIsTold() throws Exception {
        assertThat(runFor("shop.*")).isEqualTo(2);

        assertThat(told.toString()).contains("Nothing was captured so far");
    }

    @Test
    void listsThoseUnderWay() throws Exception {
        assertThat(run(state, "--list")).isZero();
        assertThat(told.toString()).contains("No snapshot is under way");
        TableSnapshot half = TableSnapshot.begin(
                        ITEMS,
                        new Position(1, 1, 4, 0),
                        "binlog.000001",
                        "",
                        Instant.now().minusSeconds(10))
                .cut("definition", List.of("a place"), 1_000)
                .at(List.of("a place"), 500);
        new StateFile(state.resolve("state.json"))
                .write(CaptureState.initial("server", "binlog").withSnapshots(List.of(half)));

        assertThat(run(state, "--list")).isZero();
        assertThat(run(state, "--list", "--json", "shop.*")).isZero();
        assertThat(run(state, "--list", "--json", "other.*")).isZero();

        assertThat(told.toString())
                .contains("shop.items: 50 %, 500 of about 1000 rows, ")
                .containsOnlyOnce("\"rows\":500,\"estimate\":1000,\"percent\":50,");
    }

    @Test
    void aFolderWithoutCaptureIsTold() throws Exception {
        int exit = run(state.resolve("elsewhere"));

        assertThat(exit).isEqualTo(1);
        assertThat(told.toString()).contains("capture.state").contains("elsewhere");
        assertThat(state).isEmptyDirectory();
    }

    private int runFor(String tables, String... arguments) throws Exception {
        return run(state, tables, arguments);
    }

    private int run(Path folder, String... arguments) throws Exception {
        return run(folder, "shop.items,shop.orders,other.items", arguments);
    }

    private int run(Path folder, String tables, String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("capture.state", folder.toString());
        properties.setProperty("capture.tables", tables);
        try (var camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().setOverrideProperties(properties);
            return new CommandLine(new SnapshotCommand(new Settings(new CamelLookup(camel))))
                    .setErr(new PrintWriter(told))
                    .setOut(new PrintWriter(told))
                    .execute(arguments);
        }
    }
}
