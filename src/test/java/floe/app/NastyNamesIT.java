package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import local.FloeProcess;
import local.LocalWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in MySQL that would be SQL in Snowflake, and in MySQL itself, if anything put them there without quotes. */
class NastyNamesIT {

    private static final String SCHEMA = "it's \"a\" schema; --";
    private static final String TABLE = "t'); DROP TABLE VICTIM; --{table}";

    private static final List<String> COLUMNS = List.of(
            "id\" INT); DROP TABLE \"VICTIM\"; --",
            "x'); DROP TABLE VICTIM; --",
            "it's a \\ \"name\"",
            "line\nDROP TABLE VICTIM;\n--",
            "`; DROP TABLE victim; -- `",
            "select",
            "{columns}",
            "a$b:c?",
            "naïve 日本");

    private static final String VICTIM = "SELECT COUNT(*) AS N FROM CDC_DESTINATION.PUBLIC.VICTIM";

    @TempDir
    Path folder;

    private LocalWorld world;

    @BeforeEach
    void start() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.snowflake().execute("CREATE TABLE CDC_DESTINATION.PUBLIC.VICTIM (A VARCHAR)");
        String columns = IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> quoted(COLUMNS.get(i)) + (i == 0 ? " INT PRIMARY KEY" : " VARCHAR(90)"))
                .collect(Collectors.joining(", "));
        world.mysql()
                .execute(
                        "CREATE DATABASE " + quoted(SCHEMA),
                        "CREATE TABLE " + source() + " (" + columns + ")",
                        "CREATE TABLE " + quoted(SCHEMA) + ".victim (id INT PRIMARY KEY)");
        insert(1);
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void namesAreNeverRunAsSql() throws Exception {
        Map<String, String> settings = world.settings(SCHEMA + "." + TABLE, folder.resolve("state"));
        settings.put("load.mode", "row");
        try (FloeProcess floe = new FloeProcess(folder, settings)) {
            floe.run("setup", "--execute");
            floe.start();
            awaitRows(1);
            insert(2);
            world.mysql().execute("UPDATE " + source() + " SET `select` = `{columns}` WHERE `{columns}` = '2-6'");

            awaitRows(2);
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                            world.snowflake().query("SELECT \"SELECT\" AS S FROM " + target() + " ORDER BY 1"))
                    .extracting(row -> row.get("S"))
                    .containsExactly("1-5", "2-6"));
            assertThat(world.snowflake().query(VICTIM)).hasSize(1);
            assertThat(world.mysql().query("SHOW TABLES FROM " + quoted(SCHEMA)))
                    .hasSize(2);
            assertThat(world.s3().keys(LocalWorld.BUCKET, "dead-letter/")).isEmpty();
        }
    }

    private void awaitRows(int count) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(world.snowflake().query("SELECT * FROM " + target()))
                        .hasSize(count)
                        .allSatisfy(row -> assertThat(row.values()).doesNotContainNull()));
    }

    private void insert(int id) throws Exception {
        String values = COLUMNS.stream().map(column -> "?").collect(Collectors.joining(", "));
        try (Connection mysql = world.mysql().connection();
                PreparedStatement insert =
                        mysql.prepareStatement("INSERT INTO " + source() + " VALUES (" + values + ")")) {
            List<Object> row = new ArrayList<>(List.of(id));
            for (int i = 1; i < COLUMNS.size(); i++) {
                row.add(id + "-" + i);
            }
            for (int i = 0; i < row.size(); i++) {
                insert.setObject(i + 1, row.get(i));
            }
            insert.execute();
        }
    }

    private static String source() {
        return quoted(SCHEMA) + "." + quoted(TABLE);
    }

    private static String target() {
        return "CDC_DESTINATION.PUBLIC.\"" + TABLE.toUpperCase(Locale.ROOT) + "\"";
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
