package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.BinlogPlace;
import floe.change.Position;
import floe.change.TableId;
import floe.state.CaptureState;
import floe.state.Divergence;
import floe.state.ShapesFile;
import floe.state.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one table that cannot be captured does to the others: nothing. */
class CaptureStartTest {

    private static final TableId ITEMS = TableId.parse("shop.items");

    private static MySqlServer mysql;

    @TempDir
    Path folder;

    private final AtomicReference<Set<TableId>> toRead = new AtomicReference<>();

    @BeforeAll
    static void start() {
        mysql = new MySqlServer().start();
    }

    @AfterAll
    static void close() {
        mysql.close();
    }

    @BeforeEach
    void create() {
        mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.items (id INT PRIMARY KEY)");
    }

    @AfterEach
    void drop() {
        mysql.execute("DROP DATABASE shop", "SET GLOBAL binlog_format = 'ROW'");
    }

    @Test
    void tablesThatCannotBeCapturedAreSetAsideWithTheirReasonAndTheOthersAreRead() throws Exception {
        mysql.execute(
                "CREATE TABLE shop.keyless (a INT)",
                "CREATE VIEW shop.latest AS SELECT * FROM shop.items",
                "CREATE TABLE shop.child (id INT PRIMARY KEY, item INT, CONSTRAINT fk FOREIGN KEY (item)"
                        + " REFERENCES shop.items (id) ON DELETE CASCADE)");

        CaptureStart.Prepared start = prepare("shop.items,shop.keyless,shop.latest,shop.child,shop.gone");

        assertThat(toRead.get()).containsExactly(ITEMS);
        assertThat(start.session().state().captured()).containsExactly("shop.items");
        assertThat(start.session().state().diverged().entries())
                .extracting(entry -> entry.table() + ": " + entry.what().replaceAll(" and should be.*", ""))
                .containsExactly(
                        "shop.keyless: set aside at the start, its changes are not read: The key of shop.keyless is missing",
                        "shop.latest: set aside at the start, its changes are not read: shop.latest is a view",
                        "shop.child: set aside at the start, its changes are not read: The foreign key fk of shop.child is"
                                + " ON DELETE CASCADE",
                        "shop.gone: set aside at the start, its changes are not read: The table shop.gone is not there");
        assertThat(saved()).isEqualTo(start.session().state());
    }

    @Test
    void healthSaysWhatMendsIt() throws Exception {
        mysql.execute("CREATE TABLE shop.keyless (a INT)");
        CaptureProgress progress =
                new CaptureProgress(settings("shop.items,shop.keyless").tables(), System::nanoTime);

        progress.starting(prepare("shop.items,shop.keyless").session().state());

        assertThat(new DivergedHealth(progress).call().getMessage()).hasValueSatisfying(message -> assertThat(message)
                .contains(
                        "The key of shop.keyless is missing and should be a primary key",
                        "add one, or leave the table out")
                .contains("is read again once it is mended and a new snapshot is asked for: floe snapshot")
                .doesNotContain("Rows keep flowing"));
    }

    @Test
    void whatIsMendedIsCapturedAgainAndNeedsASnapshot() throws Exception {
        mysql.execute("CREATE TABLE shop.keyless (a INT NOT NULL)");
        CaptureState first = prepare("shop.items,shop.keyless").session().state();
        new StateFile(folder.resolve("state.json")).write(first.at(null, offset()));
        List<Divergence> before =
                prepare("shop.items,shop.keyless").session().state().diverged().entries();
        mysql.execute("ALTER TABLE shop.keyless ADD PRIMARY KEY (a)");

        CaptureStart.Prepared start = prepare("shop.items,shop.keyless");

        assertThat(before).isEqualTo(first.diverged().entries());
        assertThat(toRead.get()).hasSize(2);
        assertThat(start.session().state().diverged().entries())
                .extracting(Divergence::what)
                .containsExactly("added to capture.tables after the snapshot, so earlier rows were not read");
    }

    @Test
    void aTableSetAsideAfterTheSnapshotHasThePlaceFromWhichItsChangesAreMissing() throws Exception {
        mysql.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        CaptureState first = prepare("shop.items,shop.orders").session().state();
        new StateFile(folder.resolve("state.json")).write(first.at(null, offset()));
        mysql.execute("DROP TABLE shop.orders");

        CaptureState start = prepare("shop.items,shop.orders").session().state();

        assertThat(start.diverged().entries())
                .extracting(Divergence::position)
                .containsExactly(position(first.epoch()));
        assertThat(start.captured()).containsExactly("shop.items");
    }

    @Test
    void whereNoTableIsLeftCaptureIsDownWithAllReasons() {
        mysql.execute("CREATE TABLE shop.keyless (a INT)");

        assertThatThrownBy(() -> prepare("shop.keyless,shop.gone"))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("The key of shop.keyless is missing")
                .hasMessageContaining("The table shop.gone is not there");
    }

    @Test
    void whatIsAboutTheServerStopsAllAndNamesNoTable() {
        mysql.execute("SET GLOBAL binlog_format = 'MIXED'");

        assertThatThrownBy(() -> prepare("shop.items,shop.gone"))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageStartingWith("binlog_format is MIXED")
                .hasMessageNotContaining("shop.gone");
    }

    private CaptureStart.Prepared prepare(String tables) throws IOException {
        CaptureSettings settings = settings(tables);
        BinlogSource source = (start, connection) -> {
            toRead.set(start.tables());
            return null;
        };
        try (OneCapture one = new OneCapture(settings, System::nanoTime)) {
            return new CaptureStart(
                            settings,
                            new StateFile(settings.stateFile()),
                            source,
                            ShapesFile.in(settings.stateFolder()),
                            one)
                    .prepare(epoch -> {});
        }
    }

    private CaptureState saved() throws IOException {
        return new StateFile(folder.resolve("state.json")).read().orElseThrow();
    }

    private CaptureSettings settings(String tables) {
        return SettingsFor.capture(mysql, tables, folder);
    }

    /** Where the server is now. */
    private static Map<String, Object> offset() {
        Map<String, Object> status = mysql.query("SHOW MASTER STATUS").get(0);
        Map<String, Object> offset = new HashMap<>();
        offset.put("file", status.get("File"));
        offset.put("pos", 4L);
        offset.put("gtids", String.valueOf(status.get("Executed_Gtid_Set")).replaceAll("\\s", ""));
        return offset;
    }

    private static String position(long epoch) {
        String file = (String) offset().get("file");
        long place = ((Number) offset().get("pos")).longValue();
        return new Position(epoch, BinlogPlace.fileNumber(file), place, 0).toString();
    }
}
