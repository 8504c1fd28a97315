package floe.mysql;

import static floe.mysql.Finding.Severity.STOP;
import static floe.mysql.Finding.Severity.WARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceCheckTest {

    private static MySqlServer mysql;

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
        mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
    }

    @AfterEach
    void drop() {
        mysql.execute(
                "DROP DATABASE shop",
                "DROP USER IF EXISTS u",
                "DROP ROLE IF EXISTS r",
                "DROP TABLE IF EXISTS mysql.rds_configuration",
                "SET GLOBAL expire_logs_days = 0",
                "SET GLOBAL binlog_expire_logs_seconds = 604800",
                "RESET PERSIST");
    }

    @Test
    void nothingIsFoundOnAServerSetUpAsFloeAsks() throws SQLException {
        assertThat(check("shop.orders")).isEmpty();
    }

    @Test
    void binlogThatIsOffStops() throws SQLException {
        try (MySqlServer without = new MySqlServer(MySqlSettings.defaults().withOption("skip_log_bin", "")).start()) {
            assertThat(check(without))
                    .extracting(Finding::severity, Finding::toString)
                    .containsExactly(tuple(
                            STOP,
                            "log_bin is OFF and should be ON: turn on automated backups on RDS, or start mysqld with"
                                    + " log_bin"));
        }
    }

    @Test
    void binlogThatLacksRowsOrGtidsStops() throws SQLException {
        MySqlSettings settings = MySqlSettings.defaults()
                .withOption("binlog_format", "MIXED")
                .withOption("binlog_row_image", "MINIMAL")
                .withOption("binlog_row_metadata", "MINIMAL")
                .withOption("binlog_row_value_options", "PARTIAL_JSON")
                .withOption("gtid_mode", "ON_PERMISSIVE");
        try (MySqlServer wrong = new MySqlServer(settings).start()) {
            assertThat(check(wrong))
                    .extracting(Finding::severity, Finding::what, Finding::isValue, Finding::shouldBe)
                    .containsExactly(
                            tuple(STOP, "binlog_format", "MIXED", "ROW"),
                            tuple(STOP, "binlog_row_image", "MINIMAL", "FULL"),
                            tuple(STOP, "binlog_row_metadata", "MINIMAL", "FULL"),
                            tuple(STOP, "gtid_mode", "ON_PERMISSIVE", "ON"),
                            tuple(STOP, "binlog_row_value_options", "PARTIAL_JSON", "empty"));
        }
    }

    @Test
    void tablesThatTheBinlogDoesNotDescribeStopUntilTheCommandInTheFindingWasRun() throws SQLException {
        mysql.execute("SET GLOBAL binlog_row_metadata = MINIMAL");

        List<Finding> found = check("shop.orders");
        mysql.execute("SET PERSIST binlog_row_metadata = FULL");

        assertThat(found)
                .extracting(Finding::severity, Finding::toString)
                .containsExactly(tuple(
                        STOP,
                        "binlog_row_metadata is MINIMAL and should be FULL: set it in the RDS parameter group, or by"
                                + " SET PERSIST binlog_row_metadata = FULL; it needs no restart"));
        assertThat(check("shop.orders")).isEmpty();
    }

    @Test
    void versionThatCannotDescribeTablesInItsBinlogStops() {
        ServerVariables older = new ServerVariables(Map.of(
                "log_bin", "ON",
                "binlog_format", "ROW",
                "binlog_row_image", "FULL",
                "gtid_mode", "ON",
                "version", "5.7.44-log"));

        assertThat(older.findings())
                .extracting(Finding::severity, Finding::toString)
                .containsExactly(tuple(
                        STOP,
                        "binlog_row_metadata is unknown to MySQL 5.7.44-log and should be FULL: upgrade to MySQL 8.0.1"
                                + " or newer, and set it there"));
    }

    @Test
    void compressedTransactionsOfNewerVersionsAreRead() {
        ServerVariables newer = new ServerVariables(Map.of(
                "log_bin", "ON",
                "binlog_format", "ROW",
                "binlog_row_image", "FULL",
                "binlog_row_metadata", "FULL",
                "gtid_mode", "ON",
                "binlog_transaction_compression", "ON"));

        assertThat(newer.findings()).isEmpty();
    }

    @Test
    void retentionOfLessThanADayWarns() throws SQLException {
        mysql.execute("SET GLOBAL binlog_expire_logs_seconds = 3600");

        assertThat(check("shop.orders"))
                .extracting(Finding::severity, Finding::what, Finding::isValue)
                .containsExactly(tuple(WARN, "The binlog retention", "3600 seconds"));
    }

    @Test
    void retentionInDaysCountsWhereThatInSecondsIsOff() throws SQLException {
        mysql.execute("SET GLOBAL binlog_expire_logs_seconds = 0", "SET GLOBAL expire_logs_days = 1");

        assertThat(check("shop.orders")).isEmpty();
    }

    @Test
    void retentionThatRdsWasNotToldWarns() throws SQLException {
        mysql.execute(
                "CREATE TABLE mysql.rds_configuration (name VARCHAR(100) PRIMARY KEY, value VARCHAR(100))",
                "INSERT INTO mysql.rds_configuration VALUES ('binlog retention hours', NULL)");

        List<Finding> notSet = check("shop.orders");
        mysql.execute("UPDATE mysql.rds_configuration SET value = '24'");
        List<Finding> aDay = check("shop.orders");

        assertThat(notSet)
                .extracting(Finding::severity, Finding::what, Finding::isValue, Finding::howToFix)
                .containsExactly(tuple(
                        WARN,
                        "The binlog retention",
                        "0 seconds",
                        "CALL mysql.rds_set_configuration('binlog retention hours', 168)"));
        assertThat(aDay).isEmpty();
    }

    @Test
    void retentionThatRdsHidesWarns() throws SQLException {
        ServerVariables rds = new ServerVariables(Map.of("basedir", "/rdsdbbin/mysql-8.0.40.R1/"));

        try (Connection connection = mysql.captureConnection()) {
            assertThat(BinlogRetention.check(connection, rds))
                    .hasValueSatisfying(finding -> assertThat(finding.isValue()).isEqualTo("not visible to this user"));
        }
    }

    @Test
    void missingPrivilegesAreNamed() throws SQLException {
        mysql.execute("CREATE USER u IDENTIFIED BY 'p'", "GRANT SELECT (id) ON shop.orders TO u");

        assertThat(checkAs("u", "shop.orders"))
                .extracting(Finding::severity, Finding::toString)
                .containsExactly(
                        tuple(
                                STOP,
                                "The privilege REPLICATION SLAVE of u@% is missing and should be granted:"
                                        + " GRANT REPLICATION SLAVE ON *.* TO 'u'@'%'"),
                        tuple(
                                STOP,
                                "The privilege REPLICATION CLIENT of u@% is missing and should be granted:"
                                        + " GRANT REPLICATION CLIENT ON *.* TO 'u'@'%'"),
                        tuple(
                                STOP,
                                "The privilege SELECT of u@% on shop.orders is missing and should be granted on the"
                                        + " whole table: GRANT SELECT ON shop.orders TO 'u'@'%'"));
    }

    @Test
    void privilegesOfActiveRolesCount() throws SQLException {
        mysql.execute(
                "CREATE USER u IDENTIFIED BY 'p'",
                "CREATE ROLE r",
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO r",
                "GRANT SELECT ON shop.* TO r",
                "GRANT r TO u",
                "SET DEFAULT ROLE r TO u");

        assertThat(checkAs("u", "shop.orders")).isEmpty();
    }

    @Test
    void privilegesOfRolesThatAreNotActiveDoNotCount() throws SQLException {
        mysql.execute(
                "CREATE USER u IDENTIFIED BY 'p'",
                "CREATE ROLE r",
                "GRANT ALL ON *.* TO r",
                "GRANT r TO u",
                "GRANT SELECT ON shop.orders TO u");

        assertThat(checkAs("u", "shop.orders")).extracting(Finding::severity).containsExactly(STOP, STOP);
    }

    @Test
    void missingTableStopsWithThoseSpelledAlike() throws SQLException {
        assertThat(check("shop.Orders", "shop.none"))
                .extracting(Finding::severity, Finding::toString)
                .containsExactly(
                        tuple(
                                STOP,
                                "The table shop.Orders is not there and should be one that floe@% may read: MySQL has"
                                        + " shop.orders; spell it as MySQL does"),
                        tuple(
                                STOP,
                                "The table shop.none is not there and should be one that floe@% may read: correct the"
                                        + " name, create the table, or GRANT SELECT on it"));
    }

    @Test
    void viewStops() throws SQLException {
        mysql.execute("CREATE VIEW shop.latest AS SELECT * FROM shop.orders");

        assertThat(check("shop.latest"))
                .extracting(Finding::severity, Finding::what, Finding::isValue)
                .containsExactly(tuple(STOP, "shop.latest", "a view"));
    }

    @Test
    void tableWithoutKeyStops() throws SQLException {
        mysql.execute("CREATE TABLE shop.log (text TEXT)");

        assertThat(check("shop.log"))
                .extracting(Finding::severity, Finding::what, Finding::isValue)
                .containsExactly(tuple(STOP, "The key of shop.log", "missing"));
    }

    @Test
    void foreignKeysThatChangeTheChildStop() throws SQLException {
        mysql.execute(
                """
                CREATE TABLE shop.items (
                  id INT PRIMARY KEY, a INT, b INT, c INT,
                  CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES shop.orders (id) ON DELETE CASCADE,
                  CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES shop.orders (id) ON DELETE SET NULL ON UPDATE CASCADE,
                  CONSTRAINT fk_c FOREIGN KEY (c) REFERENCES shop.orders (id) ON DELETE RESTRICT)""");

        assertThat(check("shop.orders", "shop.items"))
                .extracting(Finding::severity, Finding::what, Finding::isValue)
                .containsExactly(
                        tuple(STOP, "The foreign key fk_a of shop.items", "ON DELETE CASCADE"),
                        tuple(STOP, "The foreign key fk_b of shop.items", "ON DELETE SET NULL, ON UPDATE CASCADE"));
    }

    @Test
    void partitionsAndOtherEnginesWarn() throws SQLException {
        mysql.execute(
                "CREATE TABLE shop.parts (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2",
                "CREATE TABLE shop.old (id INT PRIMARY KEY) ENGINE = MyISAM");

        assertThat(check("shop.parts", "shop.old"))
                .extracting(Finding::severity, Finding::what, Finding::isValue)
                .containsExactly(
                        tuple(WARN, "shop.parts", "partitioned"), tuple(WARN, "The engine of shop.old", "MyISAM"));
    }

    @Test
    void whatIsAboutATableNamesItAndWhatIsAboutTheServerNone() throws SQLException {
        mysql.execute(
                "SET GLOBAL binlog_expire_logs_seconds = 3600",
                "CREATE TABLE shop.log (text TEXT)",
                "CREATE TABLE shop.old (id INT PRIMARY KEY) ENGINE = MyISAM");

        assertThat(check("shop.log", "shop.none", "shop.old"))
                .extracting(Finding::table)
                .containsExactly(
                        null, TableId.parse("shop.log"), TableId.parse("shop.none"), TableId.parse("shop.old"));
    }

    private static List<Finding> check(String... tables) throws SQLException {
        return check(mysql, tables);
    }

    private static List<Finding> check(MySqlServer server, String... tables) throws SQLException {
        try (Connection connection = server.captureConnection()) {
            return SourceCheck.run(connection, ids(tables), TableRules.NONE);
        }
    }

    private static List<Finding> checkAs(String user, String... tables) throws SQLException {
        try (Connection connection = DriverManager.getConnection(mysql.jdbcUrl(), user, "p")) {
            return SourceCheck.run(connection, ids(tables), TableRules.NONE);
        }
    }

    private static List<TableId> ids(String... tables) {
        return Stream.of(tables).map(TableId::parse).toList();
    }
}
