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
        assertThat(saved().captured().tables()).containsExactly(ITEMS);
        assertThat(start.session().state().diverged().entries())
                .extracting(entry -> entry.table() + ": " + entry.what().replaceAll(" and should be.*", ""))
                .containsExactly(
                        "shop.child: set aside, its changes are not read: The foreign key fk of shop.child is ON DELETE CASCADE",
                        "shop.keyless: set aside, its changes are not read: The key of shop.keyless is missing");
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
                        "add one, or name the columns that tell its rows apart",
                        "leave it out by !shop.keyless")
                .contains("is captured and read again once an ALTER TABLE or GRANT mends it")
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
                .containsExactly("it was not captured before, so earlier rows were not read");
    }

    @Test
    void aTableThatIsNotThereAnyMoreIsNamedUntilTheBinlogSaysHowItWent() throws Exception {
        mysql.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        CaptureState first = prepare("shop.items,shop.orders").session().state();
        new StateFile(folder.resolve("state.json")).write(first.at(null, offset()));
        mysql.execute("DROP TABLE shop.orders");

        CaptureState start = prepare("shop.items,shop.orders").session().state();

        assertThat(start.diverged().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.what()).startsWith("it is not there any more");
            assertThat(entry.position()).isEqualTo(position(first.epoch()));
            assertThat(entry.isMendedByReading()).isFalse();
        });
        assertThat(start.captured().tables()).containsExactly(ITEMS, TableId.parse("shop.orders"));
    }

    @Test
    void patternsMeanTheTablesThatThereAre() throws Exception {
        mysql.execute(
                "CREATE TABLE shop.tmp_1 (id INT PRIMARY KEY)",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "CREATE VIEW shop.latest AS SELECT * FROM shop.items");

        CaptureState start = prepare("*.*, !shop.tmp_*").session().state();

        assertThat(start.captured().tables()).containsExactly(ITEMS, TableId.parse("shop.orders"));
        assertThat(start.snapshots()).hasSize(2);
        assertThat(start.diverged().entries()).isEmpty();
    }

    @Test
    void healthNamesWhatNoTableHas() throws Exception {
        CaptureProgress progress =
                new CaptureProgress(settings("shop.items,shop.gone,crm.*").tables(), System::nanoTime);

        progress.starting(prepare("shop.items,shop.gone,crm.*").session().state());

        assertThat(progress.unmatched()).containsExactly("shop.gone", "crm.*");
        assertThat(progress.status().diverged()).isEmpty();
    }

    @Test
    void whereNoTableMatchesCaptureIsDownAndSaysSo() {
        assertThatThrownBy(() -> prepare("crm.*, shop.tmp_*"))
                .isInstanceOf(CaptureFailed.class)
                .hasMessage("No table is there that capture.tables asks for (crm.*, shop.tmp_*)");
    }

    /** Else a table that comes would end the lock, and begin with another server id. */
    @Test
    void theLockAndTheServerIdAreOfTheSettingAndNotOfWhatItMeans() {
        CaptureSettings before = settings("shop.*, crm.*");
        mysql.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        CaptureSettings after = settings("crm.*,shop.*");

        assertThat(after.lockName()).isEqualTo(before.lockName());
        assertThat(after.serverId()).isEqualTo(before.serverId());
        assertThat(settings("shop.*").lockName()).isNotEqualTo(before.lockName());
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
            toRead.set(start.state().captured().tables());
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
