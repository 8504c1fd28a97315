package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.Events.delete;
import static routes.Events.legacyUpdate;
import static routes.Events.person;
import static routes.Events.snapshot;
import static routes.Events.snapshotEnd;
import static routes.Events.table;
import static routes.Events.write;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Row mode through the procedures that Floe sets up. */
class RowProceduresTest {

    private static final String CALL = "load.call.CDC_schema.Persons.";

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
        world.stage().set("load.mode", "row");
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    private void withTemplates() {
        world.stage()
                .set(CALL + "WriteRowsEvent", "CALL INSERT_PERSONS(:?PersonID, :?FullName, :?City, :?_position)")
                .set(
                        CALL + "UpdateRowsEvent",
                        "CALL UPDATE_PERSONS(:?before_PersonID, :?after_PersonID, :?after_FullName, :?after_City,"
                                + " :?_position)")
                .set(CALL + "DeleteRowsEvent", "CALL DELETE_PERSONS(:?PersonID, :?_position)")
                .set(CALL + "TruncateEvent", "CALL TRUNCATE_PERSONS(:?_position)")
                .set(CALL + "SnapshotEvent", "CALL TRUNCATE_PERSONS(:?_position)");
    }

    @Test
    void aTableWithoutTemplatesIsAppliedByItsOwnProcedureOneChangeACall() throws Exception {
        String file = world.stage(
                write(300, person(2, "Bob", "Rome")),
                delete(200, person(1, "Ann", "Oslo")),
                write(100, person(1, "Ann", "Oslo")),
                table("TruncateEvent", 150));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
        assertThat(world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.APPLY_PERSONS"))
                .isEqualTo(4);
    }

    @Test
    void olderChangesAndRepetitionsHaveNoEffect() throws Exception {
        withTemplates();
        String late = world.stage(
                delete(200, person(1, "Ann", "Oslo")),
                write(201, person(2, "Bob", "Bonn")),
                write(202, "{\"PersonID\":3,\"FullName\":null,\"City\":\"x\"}"));
        String early = world.stage(
                write(100, person(1, "Ann", "Oslo")),
                write(101, person(2, "Bob", "Rome")),
                write(102, person(3, "Cid", "x")));

        world.stage().start();

        world.awaitArchived(late, early);
        assertThat(world.persons()).containsExactly("2 Bob Bonn", "3 null x");
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void nullReplacesAValue() throws Exception {
        withTemplates();
        String file = world.stage(
                write(100, person(1, "Ann", "Oslo")),
                write(200, "{\"PersonID\":1,\"FullName\":null,\"City\":\"Oslo\"}"));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 null Oslo");
    }

    @Test
    void anUpdateThatChangesTheKeyLeavesOneRow() throws Exception {
        withTemplates();
        String file = world.stage(
                legacyUpdate(person(1, "Ann", "Oslo"), person(1, "Ann", "Rome")),
                legacyUpdate(person(1, "Ann", "Rome"), person(7, "Ann", "Bonn")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("7 Ann Bonn");
    }

    @Test
    void aSnapshotReplacesWhatIsOlder() throws Exception {
        withTemplates();
        String before = world.stage(write(100, person(1, "Ann", "Oslo")), write(101, person(2, "Bob", "Rome")));
        String snapshot = world.stage(
                table("SnapshotEvent", 200),
                write(200, person(2, "Bob", "Bonn")).replace("\"snapshot\":false", "\"snapshot\":true"));

        world.stage().start();

        world.awaitArchived(before, snapshot);
        assertThat(world.persons()).containsExactly("2 Bob Bonn");
    }

    @Test
    void aSnapshotEndsWithItsLastLane() throws Exception {
        withTemplates();
        world.stage()
                .set(CALL + "SnapshotEvent", "CALL SNAPSHOT_PERSONS(:?_step, :?_lane, :?_lanes, :?_position)")
                .start();
        String before = world.stage(
                write(100, person(1, "Ann", "Oslo")),
                snapshot("begin", 200),
                snapshotEnd(200, 1, 2),
                snapshotEnd(200, 1, 2));
        world.awaitArchived(before);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");

        String last = world.stage(snapshotEnd(200, 0, 2));

        world.awaitArchived(last);
        assertThat(world.persons()).isEmpty();
    }

    @Test
    void aCallThatKnowsNoLanesIsMadeForTheLastOfThem() throws Exception {
        withTemplates();
        world.stage().start();
        String file = world.stage(
                snapshot("begin", 200), snapshotEnd(200, 1, 2), snapshotEnd(200, 0, 2), snapshot("cancelled", 300));

        world.awaitArchived(file);

        assertThat(world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.TRUNCATE_PERSONS"))
                .isEqualTo(1);
    }

    @Test
    void aTableThatIsDroppedLosesItsRows() throws Exception {
        withTemplates();
        String file = world.stage(
                table("QueryEvent", 200), write(100, person(1, "Ann", "Oslo")), write(300, person(2, "Bob", "Rome")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
    }

    @Test
    void whatLiesBelowTheHorizonIsADeadLetter() throws Exception {
        withTemplates();
        world.stage().start();
        String first = world.stage(delete(200, person(1, "Ann", "Oslo")));
        world.awaitArchived(first);
        world.snowflake().execute("CALL PURGE_PERSONS('2100-01-01'::TIMESTAMP_LTZ)");

        String late = world.stage(write(100, person(1, "Ann", "Oslo")), write(201, person(2, "Bob", "Rome")));

        world.awaitArchived(late);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
        assertThat(world.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("line").asInt()).isEqualTo(1);
            assertThat(letter.get("reason").asText()).isEqualTo("BELOW_HORIZON");
        });
    }

    @Test
    void anUnfitValueIsADeadLetter() throws Exception {
        withTemplates();
        String file = world.stage(
                write(100, person(1, "Ann", "Oslo")).replace("\"PersonID\":1,", "\"PersonID\":\"one\","),
                write(101, person(2, "Bob", "Rome")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
        assertThat(world.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.get("reason").asText()).isEqualTo("REFUSED_VALUE"));
    }
}
