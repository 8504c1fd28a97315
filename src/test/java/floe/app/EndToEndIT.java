package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import local.FloeProcess;
import local.LocalWorld;
import local.tables.Catalog;
import local.tables.Comparison;
import local.tables.Mirrored;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From SQL in MySQL to rows in Snowflake, through the packaged application as a process of its own. */
class EndToEndIT {

    private static final String PERSONS = "CDC_DESTINATION.PUBLIC.CDC_TABLE";
    private static final String ORDER_LINES = "CDC_DESTINATION.PUBLIC.ORDER_LINES";

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
    void snowflakeBecomesAndStaysEqualToMySql() throws Exception {
        awaitEqual();
        assertThat(persons()).contains(List.of("2", "O'Brien", "Cork"));

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
        assertThat(persons()).contains(List.of("20", "O'Brien", "Cork"), List.of("4", "tab\there", "😀 李"));
        assertThat(world.snowflake().query("SELECT * FROM " + ORDER_LINES)).hasSize(3);
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
        assertThat(persons()).anySatisfy(row -> assertThat(row).contains("100"));
    }

    private static void awaitEqual() {
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            try (Connection mysql = world.mysql().connection();
                    Connection snowflake = world.snowflake().connection()) {
                Catalog catalog = Catalog.read(mysql, List.of("CDC_schema", "shop"));
                assertThat(Comparison.of(
                                        mysql,
                                        snowflake,
                                        List.of(
                                                mirrored(catalog, "CDC_schema", "Persons", PERSONS),
                                                mirrored(catalog, "shop", "order_lines", ORDER_LINES)))
                                .differences())
                        .isEmpty();
            }
        });
    }

    private static Mirrored mirrored(Catalog catalog, String schema, String table, String target) {
        return new Mirrored(catalog.find(schema, table).orElseThrow(), target);
    }

    /** Their names and cities by their ids, as Snowflake has them. */
    private static List<List<String>> persons() throws SQLException {
        return world.snowflake().query("SELECT PersonID, FullName, City FROM " + PERSONS).stream()
                .map(row -> row.values().stream()
                        .map(value -> value == null ? null : value.toString())
                        .toList())
                .toList();
    }
}
