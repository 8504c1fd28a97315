package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.TableId;
import floe.mysql.SourceSchema;
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import local.FloeSettings;
import local.LocalWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelMainTest {

    private static final TableId PERSONS = TableId.parse("CDC_schema.Persons");
    private static final SnowflakeName TARGET = SnowflakeName.parse("CDC_DESTINATION.PUBLIC.PERSONS");

    @TempDir
    Path state;

    @Test
    void theRoutesRunWithoutQuarkusOnTheSameProperties() throws Exception {
        try (LocalWorld world = LocalWorld.start(Duration.ofSeconds(1), part -> {})) {
            world.mysql()
                    .execute(
                            "CREATE DATABASE CDC_schema",
                            "CREATE TABLE CDC_schema.Persons"
                                    + " (PersonID int, FullName varchar(255), City varchar(255), PRIMARY KEY (PersonID))",
                            "INSERT INTO CDC_schema.Persons VALUES (1, 'O''Brien', NULL)");
            try (Connection mysql = world.mysql().connection();
                    Connection snowflake = world.snowflake().connection()) {
                Setup.execute(List.of(new Setup.Mirror(PERSONS, SourceSchema.read(mysql, PERSONS), TARGET)), snowflake);
            }
            Map<String, String> settings = world.settings("CDC_schema.Persons", state);
            FloeSettings.withAwsKeys(settings);
            try (var floe = new CamelMainApplication(settings)) {
                world.mysql().execute("INSERT INTO CDC_schema.Persons VALUES (2, 'Ann', 'Oslo')");

                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(world.snowflake()
                                .query("SELECT PERSONID, FULLNAME FROM CDC_DESTINATION.PUBLIC.PERSONS ORDER BY 1"))
                        .extracting(row -> row.get("FULLNAME"))
                        .containsExactly("O'Brien", "Ann"));
            }
        }
    }
}
