package local.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MySqlServerTest {
    private MySqlServer mysql = new MySqlServer();

    @AfterEach
    void close() {
        mysql.close();
    }

    @Test
    void hasTheSettingsThatFloeAsksFor() {
        mysql.start();

        Map<String, Object> settings = mysql.query(
                        """
                        SELECT @@log_bin AS log_bin, @@binlog_format AS format, @@binlog_row_image AS image,
                               @@binlog_row_metadata AS metadata,
                               @@gtid_mode AS gtid, @@binlog_expire_logs_seconds >= 86400 AS kept_a_day,
                               @@time_zone AS zone, @@character_set_server AS charset, @@server_id > 0 AS has_id""")
                .get(0);

        assertThat(settings)
                .containsEntry("log_bin", 1L)
                .containsEntry("format", "ROW")
                .containsEntry("image", "FULL")
                .containsEntry("metadata", "FULL")
                .containsEntry("gtid", "ON")
                .containsEntry("kept_a_day", 1L)
                .containsEntry("zone", "+00:00")
                .containsEntry("charset", "utf8mb4")
                .containsEntry("has_id", 1L);
    }

    @Test
    void startsWithNoTransactionOfItsOwnInTheBinlog() {
        mysql.start();

        assertThat(mysql.value("SELECT @@gtid_executed")).isEmpty();
    }

    @Test
    void captureUserMayReadAndReplicateAndNoMore() throws SQLException {
        mysql.start();
        mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");

        try (Connection connection = mysql.captureConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT * FROM shop.orders")).isTrue();
            assertThat(statement.execute("SHOW MASTER STATUS")).isTrue();
            assertThatThrownBy(() -> statement.execute("INSERT INTO shop.orders VALUES (1)"))
                    .hasMessageContaining("INSERT command denied");
        }
        assertThat(mysql.query("SHOW GRANTS FOR 'floe'@'%'"))
                .extracting(grant -> grant.values().iterator().next())
                .containsExactly("GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT"
                        + " ON *.* TO `floe`@`%`");
    }

    @Test
    void binlogClientReceivesRowsAsTheCaptureUser() throws Exception {
        mysql.start();
        mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        Queue<EventType> received = new ConcurrentLinkedQueue<>();
        BinaryLogClient client = new BinaryLogClient(mysql.host(), mysql.port(), mysql.user(), mysql.password());
        client.registerEventListener(
                (Event event) -> received.add(event.getHeader().getEventType()));
        client.connect(10_000);

        mysql.execute("INSERT INTO shop.orders VALUES (1)");

        await().untilAsserted(() -> assertThat(received).contains(EventType.GTID, EventType.EXT_WRITE_ROWS));
        client.disconnect();
    }

    @Test
    void committedRowsSurviveAKill() {
        mysql.start();
        mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        mysql.execute("INSERT INTO shop.orders VALUES (1), (2)");
        String uuid = mysql.value("SELECT @@server_uuid");
        String gtids = mysql.value("SELECT @@gtid_executed");

        mysql.kill();
        assertThat(mysql.isRunning()).isFalse();
        mysql.start();

        assertThat(mysql.query("SELECT id FROM shop.orders")).extracting("id").containsExactly(1, 2);
        assertThat(mysql.value("SELECT @@server_uuid")).isEqualTo(uuid);
        assertThat(mysql.value("SELECT @@gtid_executed")).isEqualTo(gtids);
    }

    @Test
    void startsAgainAfterAStopOnTheSamePortInANewBinlogFile() {
        mysql.start();
        String before = binlogFile();

        mysql.stop();
        mysql.start();

        assertThat(before).isEqualTo("mysql-bin-changelog.000001");
        assertThat(binlogFile()).isEqualTo("mysql-bin-changelog.000002");
    }

    @Test
    void rotatingTheBinlogGoesOnInANewFile() {
        mysql.start();

        mysql.rotateBinlog();

        assertThat(binlogFile()).isEqualTo("mysql-bin-changelog.000002");
    }

    @Test
    void closingEndsItAndDeletesItsData() {
        mysql.start();
        Path data = mysql.dataDirectory();
        assertThat(data).isDirectory();

        mysql.close();

        assertThat(data).doesNotExist();
        assertThat(mysql.isRunning()).isFalse();
        assertNothingListensOn(mysql.port());
    }

    @Test
    void twoAtOnceAreTwoServers() {
        mysql.start();

        try (MySqlServer other = new MySqlServer().start()) {
            assertThat(other.port()).isNotEqualTo(mysql.port());
            assertThat(other.value("SELECT @@server_uuid")).isNotEqualTo(mysql.value("SELECT @@server_uuid"));
        }
        assertThat(mysql.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void givenDataDirectoryOutlivesTheServerAndItsPassword(@TempDir Path folder) {
        MySqlSettings settings = MySqlSettings.defaults().withDataDirectory(folder.resolve("data"));
        try (MySqlServer first = new MySqlServer(settings.withPassword("one")).start()) {
            first.execute("CREATE DATABASE shop");
        }

        try (MySqlServer second = new MySqlServer(settings.withPassword("two")).start()) {
            assertThat(second.query("SHOW DATABASES LIKE 'shop'")).hasSize(1);
        }
    }

    @Test
    void optionsOfMysqldCanBeOverriddenAndAdded() {
        MySqlSettings settings = MySqlSettings.defaults()
                .withOption("binlog-format", "STATEMENT")
                .withOption("event_scheduler", "OFF");

        try (MySqlServer other = new MySqlServer(settings).start()) {
            assertThat(other.value("SELECT @@binlog_format")).isEqualTo("STATEMENT");
            assertThat(other.value("SELECT @@event_scheduler")).isEqualTo("OFF");
        }
    }

    @Test
    void refusedOptionIsNamedWithWhatMysqldSays() {
        try (MySqlServer other = new MySqlServer(MySqlSettings.defaults().withOption("gtid_mod", "ON"))) {
            assertThatThrownBy(other::start)
                    .isInstanceOf(MySqlFailed.class)
                    .hasMessageContaining("unknown variable 'gtid_mod=ON'");
        }
    }

    @Test
    void refusedStatementIsNamedWithWhatMysqlSays() {
        mysql.start();

        assertThatThrownBy(() -> mysql.execute("SELECT 1", "DROP TABLE shop.orders"))
                .isInstanceOf(MySqlFailed.class)
                .hasMessage("Unknown table 'shop.orders': DROP TABLE shop.orders");
    }

    @Test
    void mysqldEndsWhenItsJvmIsKilled(@TempDir Path folder) throws IOException {
        int port = MySqlSettings.defaults().port();
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "local.runner.Main",
                        "mysql",
                        "--port=" + port,
                        "--data=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader printed = jvm.inputReader()) {
            assertThat(printed.lines().anyMatch(line -> line.contains("runs on 127.0.0.1:" + port)))
                    .isTrue();

            jvm.destroyForcibly();

            await().untilAsserted(() -> assertNothingListensOn(port));
        }
    }

    private String binlogFile() {
        return String.valueOf(mysql.query("SHOW MASTER STATUS").get(0).get("File"));
    }

    private static void assertNothingListensOn(int port) {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }
}
