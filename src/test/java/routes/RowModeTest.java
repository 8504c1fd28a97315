package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static routes.Events.legacyDelete;
import static routes.Events.legacyUpdate;
import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.Events.table;
import static routes.Events.write;

import floe.settings.WrongSetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowModeTest {

    private static final String CALL = "load.call.CDC_schema.Persons.";

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld();
        world.snowflake()
                .execute(
                        "CREATE TABLE PERSONS (PERSONID INT, FULLNAME STRING, CITY STRING)",
                        """
                        CREATE OR REPLACE PROCEDURE insert_procedure(PERSONID INT, FULLNAME STRING, CITY STRING)
                        RETURNS STRING LANGUAGE SQL AS
                        $$
                        BEGIN
                            INSERT INTO PERSONS (PERSONID, FULLNAME, CITY) VALUES (:PERSONID, :FULLNAME, :CITY);
                            RETURN 'inserted';
                        END;
                        $$""",
                        """
                        CREATE OR REPLACE PROCEDURE update_procedure(
                            AFTER_PERSONID INT, AFTER_FULLNAME STRING, AFTER_CITY STRING)
                        RETURNS STRING LANGUAGE SQL AS
                        $$
                        BEGIN
                            UPDATE PERSONS SET FULLNAME = :AFTER_FULLNAME, CITY = :AFTER_CITY
                            WHERE PERSONID = :AFTER_PERSONID;
                            RETURN 'updated';
                        END;
                        $$""",
                        """
                        CREATE OR REPLACE PROCEDURE delete_procedure(PERSONID_ARG INT)
                        RETURNS STRING LANGUAGE SQL AS
                        $$
                        BEGIN
                            DELETE FROM PERSONS WHERE PERSONID = :PERSONID_ARG;
                            RETURN 'deleted';
                        END;
                        $$""");
        world.stage()
                .set("load.mode", "row")
                .set(CALL + "WriteRowsEvent", "CALL insert_procedure(:?PersonID, :?FullName, :?City)")
                .set(
                        CALL + "UpdateRowsEvent",
                        "CALL update_procedure(:?after_PersonID, :?after_FullName, :?after_City)")
                .set(CALL + "DeleteRowsEvent", "CALL delete_procedure(:?PersonID)");
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void theProceduresOfTheReplacedSetUpWorkAsTheyAre() throws Exception {
        String file = world.stage(
                legacyWrite(person(1, "O'Brien", "Cork")),
                legacyWrite(person(2, "Ann", "Oslo")),
                legacyWrite("{\"PersonID\":3,\"FullName\":null,\"City\":\"x\"}"),
                legacyUpdate(person(1, "O'Brien", "Cork"), person(1, "O'Brien", "D\\\"ublin")),
                legacyDelete(person(2, "Ann", "Oslo")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 O'Brien D\"ublin", "3 null x");
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void anUnfitRowIsADeadLetterAndTheRestGoesOn() throws Exception {
        String file = world.stage(
                legacyWrite(person(1, "Ann", "Oslo")),
                legacyWrite(person(2, "Bob", "Rome")).replace("\"PersonID\":2", "\"PersonID\":\"two\""),
                "not json",
                legacyWrite(person(3, "Cid", "Bonn")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo", "3 Cid Bonn");
        assertThat(world.deadLetters())
                .extracting(letter ->
                        letter.get("line").asInt() + " " + letter.get("reason").asText())
                .containsExactlyInAnyOrder("2 REFUSED_VALUE", "3 NOT_JSON");
    }

    @Test
    void snapshotsAndChangesOfWholeTablesAreNotCalledFor() throws Exception {
        String file = world.stage(
                write(1, person(1, "Ann", "Oslo")).replace("\"snapshot\":false", "\"snapshot\":true"),
                table("TruncateEvent", 2),
                table("SnapshotEvent", 3),
                table("QueryEvent", 4),
                write(5, person(2, "Bob", "Rome")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
    }

    /** As after a restore in Snowflake: whoever takes a file out of the archive wants its calls again. */
    @Test
    void aFileThatIsStagedAgainIsCalledForAgain() throws Exception {
        String line = legacyWrite(person(1, "Ann", "Oslo"));
        String file = world.stage(line);
        world.stage().start();
        world.awaitArchived(file);
        world.snowflake().execute("DELETE FROM PERSONS");

        world.put("staging/" + file, line.getBytes(UTF_8));

        await().untilAsserted(() -> assertThat(world.persons()).containsExactly("1 Ann Oslo"));
    }

    @Test
    void aFileThatIsTriedAgainRepeatsNoCallThatWasMade() throws Exception {
        world.snowflake().faults().failNext(7, sql -> sql.contains("DELETE FROM PERSONS"), 604, "57014", "cancelled");
        String file = world.stage(
                legacyWrite(person(1, "Ann", "Oslo")),
                legacyWrite(person(2, "Bob", "Rome")),
                legacyDelete(person(2, "Bob", "Rome")),
                legacyWrite(person(3, "Cid", "Bonn")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo", "3 Cid Bonn");
    }

    @ParameterizedTest
    @CsvSource({
        "load.call.CDC_schema.persons.WriteRowsEvent, CALL p(:?PersonID), for a table that load.tables means",
        "load.call.CDC_schema.Persons.QueryEvent, CALL p(:?_position), 'WriteRowsEvent, UpdateRowsEvent,'",
        "load.call.CDC_schema.Persons.WriteRowsEvent, INSERT INTO x, a call such as CALL",
        "load.call.CDC_schema.Persons.TruncateEvent, CALL p(:?PersonID), as such an event has no row"
    })
    void aWrongTemplateStopsTheStart(String key, String template, String message) {
        world.stage().set(key, template);

        assertThatThrownBy(() -> world.stage().start())
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("The setting " + key)
                .hasMessageContaining(message);
    }
}
