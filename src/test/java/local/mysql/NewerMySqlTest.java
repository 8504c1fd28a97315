package local.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a newer MySQL has and 8.0.12 does not, so that tests on it can rely on it. */
class NewerMySqlTest {

    private static MySqlServer mysql;

    @BeforeAll
    static void start() {
        NewerMySql newer = NewerMySql.find();
        assumeTrue(newer.isThere(), newer.about());
        mysql = newer.server(MySqlSettings.defaults()
                        .withOption("binlog_transaction_compression", "ON")
                        .withOption("binlog_checksum", "NONE"))
                .start();
    }

    @AfterAll
    static void close() {
        if (mysql != null) {
            mysql.close();
        }
    }

    @BeforeEach
    void create() {
        mysql.execute("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop");
    }

    @Test
    void isTheVersionThatItSays() {
        String version = mysql.value("SELECT VERSION()");

        System.out.println("MySQL " + version + " runs");
        assertThat(NewerMySql.find().about()).startsWith("MySQL " + version.replaceAll("-.*", ""));
        assertThat(Integer.parseInt(version.replaceAll("\\..*", ""))).isGreaterThan(8);
    }

    @Test
    void hasTheSettingsThatFloeAsksFor() {
        assertThat(
                        mysql.query(
                                """
                        SELECT @@binlog_format AS format, @@binlog_row_image AS image, @@binlog_row_metadata AS metadata,
                               @@gtid_mode AS gtid, @@binlog_checksum AS checksum,
                               @@global.binlog_transaction_compression AS compressed"""))
                .first()
                .hasToString("{format=ROW, image=FULL, metadata=FULL, gtid=ON, checksum=NONE, compressed=1}");
    }

    @Test
    void hasTagsInItsGtids() {
        mysql.execute(
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "SET gtid_next = 'AUTOMATIC:mytag'",
                "INSERT INTO shop.orders VALUES (1)");

        assertThat(mysql.value("SELECT @@gtid_executed")).containsPattern(":mytag:\\d");
    }

    @Test
    void hasVectorsAndColumnsThatAreNotSeen() {
        mysql.execute(
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, v VECTOR(3), hidden INT INVISIBLE)",
                "INSERT INTO shop.orders (id, v, hidden) VALUES (1, TO_VECTOR('[1,2,3]'), 7)");

        assertThat(mysql.query("SELECT * FROM shop.orders").get(0)).containsOnlyKeys("id", "v");
        assertThat(mysql.value("SELECT hidden FROM shop.orders")).isEqualTo("7");
        assertThat(mysql.value("SELECT VECTOR_DIM(v) FROM shop.orders")).isEqualTo("3");
    }

    @Test
    void hasIndexesOfExpressions() {
        mysql.execute(
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, name VARCHAR(10), KEY lower_name ((LOWER(name))))",
                "INSERT INTO shop.orders VALUES (1, 'Ann')");

        assertThat(mysql.value("SELECT expression FROM information_schema.statistics WHERE index_name = 'lower_name'"))
                .isEqualTo("lower(`name`)");
    }

    @Test
    void knowsTheCharacterSetsThatAreReadFromFiles() {
        assertThat(mysql.value("SELECT HEX(CONVERT(_utf8mb4'ł' USING latin2))")).isEqualTo("B3");
    }

    @Test
    void binlogClientReceivesCompressedTransactionsAsTheCaptureUser() throws Exception {
        mysql.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY, name VARCHAR(1000))");
        Queue<EventType> received = new ConcurrentLinkedQueue<>();
        BinaryLogClient client = new BinaryLogClient(mysql.host(), mysql.port(), mysql.user(), mysql.password());
        client.registerEventListener(
                (Event event) -> received.add(event.getHeader().getEventType()));
        client.connect(10_000);

        mysql.execute("INSERT INTO shop.orders VALUES (1, REPEAT('x', 1000)), (2, REPEAT('y', 1000))");

        Awaitility.await().untilAsserted(() -> assertThat(received).contains(EventType.TRANSACTION_PAYLOAD));
        client.disconnect();
    }

    @Test
    void startsAgainOnItsData() {
        try (MySqlServer other =
                NewerMySql.find().server(MySqlSettings.defaults()).start()) {
            other.execute("CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
            other.execute("INSERT INTO shop.orders VALUES (1)");

            other.kill();
            other.start();

            assertThat(other.query("SELECT id FROM shop.orders"))
                    .extracting("id")
                    .containsExactly(1);
            assertThat(other.value("SELECT @@gtid_executed")).endsWith(":1-3");
        }
    }
}
