package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import local.FloeProcess;
import local.LocalWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From SQL in MySQL to rows in Snowflake, through the packaged application as a process of its own. */
class EndToEndIT {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String PERSONS = "SELECT PersonID, FullName, City FROM %s ORDER BY PersonID";
    private static final String ORDER_LINES =
            "SELECT order_id, line_no, amount, placed, doc, photo FROM %s ORDER BY order_id, line_no";

    @TempDir
    static Path folder;

    private static LocalWorld world;
    private static FloeProcess floe;

    @BeforeAll
    static void startAllOfIt() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE CDC_schema",
                        "CREATE TABLE CDC_schema.Persons"
                                + " (PersonID int, FullName varchar(255), City varchar(255), PRIMARY KEY (PersonID))",
                        "INSERT INTO CDC_schema.Persons VALUES (1, 'There before', 'Oslo'), (2, 'O''Brien', 'Cork')",
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.order_lines (order_id BIGINT UNSIGNED, line_no INT, amount DECIMAL(20,4),"
                                + " placed DATETIME(6), doc JSON, photo BLOB, PRIMARY KEY (order_id, line_no))",
                        "INSERT INTO shop.order_lines VALUES (18446744073709551615, 1, 9999999999999999.9999,"
                                + " '2024-02-29 23:59:59.999999', '{\"big\": 12345678901234567890}', x'00ff0a27')");
        floe = new FloeProcess(
                folder,
                world.settings(
                        "CDC_schema.Persons -> CDC_DESTINATION.PUBLIC.CDC_TABLE, shop.order_lines",
                        folder.resolve("state")));
        floe.run("setup", "--execute");
        floe.start();
    }

    @AfterAll
    static void stopAllOfIt() throws Exception {
        if (floe != null) {
            floe.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @Test
    void snowflakeBecomesAndStaysEqualToMySql() {
        awaitEqual();
        assertThat(rows(PERSONS, "CDC_TABLE")).contains(List.of("2", "O'Brien", "Cork"));

        world.mysql()
                .execute(
                        "INSERT INTO CDC_schema.Persons VALUES (3, 'say \"hi\" \\\\ back', 'line\\nbreak'),"
                                + " (4, 'tab\\there', '😀 李'), (5, NULL, NULL), (6, REPEAT('n', 255), ''), (7, 'gone', 'soon')",
                        "UPDATE CDC_schema.Persons SET City = 'Ber''gen' WHERE PersonID = 1",
                        "UPDATE CDC_schema.Persons SET PersonID = 20 WHERE PersonID = 2",
                        "DELETE FROM CDC_schema.Persons WHERE PersonID = 7",
                        "INSERT INTO shop.order_lines VALUES (1, 1, -0.0001, '1000-01-01 00:00:00.000001', 'null', ''),"
                                + " (1, 2, NULL, NULL, NULL, NULL), (2, 1, 1.5, NOW(6), '[1.10, \"O''Brien\"]', x'0a')",
                        "UPDATE shop.order_lines SET amount = 12345678901234.5678 WHERE order_id > 1",
                        "DELETE FROM shop.order_lines WHERE order_id = 1 AND line_no = 2",
                        "UPDATE shop.order_lines SET line_no = 7 WHERE order_id = 2");

        awaitEqual();
        assertThat(rows(PERSONS, "CDC_TABLE"))
                .contains(List.of("20", "O'Brien", "Cork"), List.of("4", "tab\there", "😀 李"));
        assertThat(rows(ORDER_LINES, "ORDER_LINES")).hasSize(3);
        assertThat(world.s3().keys(LocalWorld.BUCKET, "dead-letter/")).isEmpty();
        assertThat(world.s3().keys(LocalWorld.BUCKET, "archive/")).isNotEmpty();
    }

    @Test
    void whatHappensWhileTheApplicationIsDeadArrivesOnceItIsBack() throws Exception {
        awaitEqual();
        floe.kill();
        world.mysql()
                .execute(
                        "INSERT INTO CDC_schema.Persons VALUES (100, 'while dead', NULL)",
                        "UPDATE CDC_schema.Persons SET City = 'while dead' WHERE PersonID = 1");

        floe.start();

        awaitEqual();
        assertThat(rows(PERSONS, "CDC_TABLE")).anySatisfy(row -> assertThat(row).contains("100"));
    }

    private static void awaitEqual() {
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(rows(PERSONS, "CDC_TABLE")).isEqualTo(sourceRows(PERSONS, "CDC_schema.Persons"));
            assertThat(rows(ORDER_LINES, "ORDER_LINES")).isEqualTo(sourceRows(ORDER_LINES, "shop.order_lines"));
        });
    }

    private static List<List<String>> sourceRows(String sql, String table) throws Exception {
        try (Connection mysql = world.mysql().connection()) {
            return read(mysql, sql.formatted(table));
        }
    }

    private static List<List<String>> rows(String sql, String table) {
        try (Connection snowflake = world.snowflake().connection()) {
            return read(snowflake, sql.formatted("CDC_DESTINATION.PUBLIC." + table));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Rows as text that is the same on both sides when the values are. */
    private static List<List<String>> read(Connection connection, String sql) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(text(found, i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static String text(ResultSet row, int column) throws Exception {
        return switch (row.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT)) {
            case "photo" -> row.getBytes(column) == null ? null : HexFormat.of().formatHex(row.getBytes(column));
            case "placed" ->
                row.getTimestamp(column) == null
                        ? null
                        : row.getTimestamp(column).toLocalDateTime().toString();
            case "doc" ->
                row.getString(column) == null
                        ? null
                        : JSON.readTree(row.getString(column)).toString();
            case "amount" ->
                row.getBigDecimal(column) == null
                        ? null
                        : row.getBigDecimal(column).setScale(4).toPlainString();
            default -> row.getString(column);
        };
    }
}
