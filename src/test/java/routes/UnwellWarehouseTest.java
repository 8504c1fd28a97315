package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.definition;
import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.Events.write;

import java.time.Duration;
import local.http.RequestFault;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnwellWarehouseTest {

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void fileStaysStagedWhileSnowflakeIsUnwellAndIsAppliedAfterwards() throws Exception {
        world.withPersons();
        world.stage().start();
        awaitUp();
        world.snowflake().faults().suspendWarehouse(true);
        String file = world.stage(legacyWrite(person(1, "Ann", "Oslo")));
        awaitDown(file, "090073 (22000): Warehouse");
        assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).containsExactly("staging/" + file);

        world.snowflake().faults().suspendWarehouse(false);

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");
        assertThat(world.deadLetters()).isEmpty();
        awaitUp();
    }

    @Test
    void aTableThatIsNotSetUpHoldsBackItsFilesAndNoOthers() throws Exception {
        world.withPersons();
        world.stage().set("load.tables", LoadWorld.PERSONS + ", CDC_schema.Orders");
        String orders = world.stage(
                legacyWrite(person(1, "Ann", "Oslo")),
                legacyWrite("{\"id\":1}").replace("Persons", "Orders"),
                legacyWrite(person(2, "Bob", "Rome")));
        String persons = world.stage(legacyWrite(person(3, "Cid", "Bonn")));

        world.stage().start();

        awaitDown(
                "CDC_DESTINATION.PUBLIC.ORDERS for CDC_schema.Orders is not listed as the mirror", "run 'floe setup'");
        await().untilAsserted(() ->
                assertThat(world.s3().keys(LoadWorld.BUCKET, "archive/")).containsExactly("archive/" + persons));
        await().untilAsserted(() ->
                assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).containsExactly("staging/" + orders));
        await().untilAsserted(
                        () -> assertThat(world.persons()).containsExactly("1 Ann Oslo", "2 Bob Rome", "3 Cid Bonn"));
    }

    @Test
    void fileStaysStagedUntilItsTableIsSetUpForTheColumnsThatARowNames() throws Exception {
        world.withPersons();
        String file =
                world.stage(legacyWrite("{\"PersonID\":1,\"FullName\":\"Ann\",\"City\":\"Oslo\",\"Zip\":\"0150\"}"));
        world.snowflake().execute("ALTER TABLE PERSONS ADD COLUMN ZIP VARCHAR");
        world.stage().start();
        awaitDown("the column Zip", "CDC_DESTINATION.PUBLIC.PERSONS does not have");

        world.withPersons(LoadWorld.column("Zip", "varchar", true), LoadWorld.column("Age", "int", true));

        world.awaitArchived(file);
        assertThat(world.snowflake().query("SELECT FULLNAME, ZIP, AGE FROM PERSONS"))
                .hasToString("[{FULLNAME=Ann, ZIP=0150, AGE=null}]");
    }

    @Test
    void aNewColumnIsFollowedWithNobodyCalled() throws Exception {
        world.withPersons();
        String row = write(300, "{\"PersonID\":2,\"FullName\":\"Bob\",\"City\":\"Rome\",\"Zip\":\"0150\"}");
        String newer = world.stage(row, write(100, person(1, "Ann", "Oslo")));
        world.stage().start();
        awaitDown("the column Zip", "no event has told of it yet");

        String told = world.stage(
                definition(200, ",{\"name\":\"Zip\",\"type\":\"varchar\",\"nullable\":false,\"default\":\"none\"}"));

        world.awaitArchived(newer, told);
        assertThat(world.snowflake().query("SELECT FULLNAME, ZIP FROM PERSONS ORDER BY PERSONID"))
                .hasToString("[{FULLNAME=Ann, ZIP=none}, {FULLNAME=Bob, ZIP=0150}]");
        assertThat(world.deadLetters()).isEmpty();
        awaitUp();
    }

    @Test
    void aTableThatSomeoneReplacedIsNamedAndNotFilled() throws Exception {
        world.withPersons();
        world.snowflake()
                .execute("CREATE OR REPLACE TABLE PERSONS (PERSONID NUMBER(38,0), FULLNAME VARCHAR, CITY VARCHAR,"
                        + " _POSITION VARCHAR)");
        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.stage().start();

        awaitDown("CDC_DESTINATION.PUBLIC.PERSONS", "was replaced by someone else", "capture was asked");
        assertThat(world.persons()).isEmpty();
        world.withPersons();
        world.awaitArchived(file);
    }

    @Test
    void aColumnThatNobodyFillsIsNamedBeforeAnyDeadLetter() throws Exception {
        world.withPersons();
        world.snowflake().execute("ALTER TABLE PERSONS ADD COLUMN TENANT VARCHAR NOT NULL");
        String file = world.stage(write(100, person(1, "Ann", "Oslo")), write(200, person(2, "Bob", "Rome")));

        world.stage().start();

        awaitDown("CDC_DESTINATION.PUBLIC.PERSONS", "\"TENANT\", which may not be NULL");
        assertThat(world.deadLetters()).isEmpty();
        world.snowflake().execute("ALTER TABLE PERSONS ALTER COLUMN TENANT DROP NOT NULL");
        world.awaitArchived(file);
        assertThat(world.persons()).hasSize(2);
    }

    @Test
    void aMissingProcedureIsNoFaultOfTheData() throws Exception {
        world.withPersons();
        world.snowflake().execute("DROP PROCEDURE APPLY_PERSONS(VARIANT)");
        world.stage(legacyWrite(person(1, "Ann", "Oslo")));

        world.stage().start();

        awaitDown("run 'floe setup'");
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void fileStaysStagedWhileItsDeadLettersCannotBeKept() throws Exception {
        world.withPersons();
        world.stage().set("dead-letter.bucket", "letters");
        String file =
                world.stage(legacyWrite(person(1, "Ann", "Oslo")), "not json", legacyWrite(person(2, "Bob", "Rome")));
        world.stage().start();
        awaitDown("NoSuchBucket");
        assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).containsExactly("staging/" + file);

        world.s3().createBucket("letters");

        world.awaitArchived(file);
        assertThat(world.s3().keys("letters", ""))
                .singleElement()
                .asString()
                .startsWith("dead-letter/" + file + "/0000000002-");
        assertThat(world.persons()).containsExactly("1 Ann Oslo", "2 Bob Rome");
    }

    @Test
    void aMissingBucketIsToldUntilItIsThere() throws Exception {
        world.withPersons();
        world.stage().set("staging.bucket", "later").start();
        awaitDown("NoSuchBucket");

        world.s3().createBucket("later");

        awaitUp();
    }

    @Test
    void anS3ThatIsOutOfReachStopsNoStart() throws Exception {
        world.withPersons();
        String file = world.stage(write(100, person(1, "Ann", "Oslo")));
        world.s3().faults().failRequests(RequestFault.FAILED, 1);
        world.stage().start();
        awaitDown("InternalError");

        world.s3().faults().clear();

        world.awaitArchived(file);
        awaitUp();
    }

    @Test
    void lostSessionsAreReplaced() throws Exception {
        world.withPersons();
        world.stage().start();
        String first = world.stage(legacyWrite(person(1, "Ann", "Oslo")));
        world.awaitArchived(first);

        world.snowflake().faults().forgetSessions();
        String second = world.stage(legacyWrite(person(2, "Bob", "Rome")));

        world.awaitArchived(second);
        assertThat(world.persons()).containsExactly("1 Ann Oslo", "2 Bob Rome");
    }

    /** The order of two procedure arguments, say: 1044 rather than 2141. */
    @Test
    void aProcedureWithOtherArgumentsIsNoFaultOfTheData() throws Exception {
        world.withPersons();
        failApplying(100, 1044, "42P13");
        world.stage(legacyWrite(person(1, "Ann", "Oslo")));

        world.stage().start();

        awaitDown("001044 (42P13)", "run 'floe setup'");
        assertThat(world.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"603,XX000", "630,57014", "100090,42P18", "300010,XX000"})
    void aCallThatMayBeTooMuchIsMadeInHalvesAfterThreeTries(int code, String state) throws Exception {
        world.withPersons();
        failApplying(3, code, state);
        String file = world.stage(legacyWrite(person(1, "Ann", "Oslo")), legacyWrite(person(2, "Bob", "Rome")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo", "2 Bob Rome");
        assertThat(applied()).isEqualTo(2);
    }

    @Test
    void aCallForWhichTooManyWaitIsRepeatedAsItIs() throws Exception {
        world.withPersons();
        failApplying(3, 625, "57014");
        String file = world.stage(legacyWrite(person(1, "Ann", "Oslo")), legacyWrite(person(2, "Bob", "Rome")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(applied()).isEqualTo(1);
    }

    @Test
    void aCallOfOneChangeThatIsTooMuchStaysAChange() throws Exception {
        world.withPersons();
        failApplying(5, 300_010, "XX000");
        String file = world.stage(legacyWrite(person(1, "Ann", "Oslo")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void aWrongPasswordIsTriedOnceAndToldWithTheWayOut() throws Exception {
        world.withPersons();
        world.snowflake().users().password(world.snowflake().user(), "another");
        long before = world.snowflake().users().tries();
        String file = world.stage(legacyWrite(person(1, "Ann", "Oslo")));

        world.stage().start();

        awaitDown("wrong snowflake.user or snowflake.password", "Incorrect username or password");
        await().during(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> assertThat(world.snowflake().users().tries()).isEqualTo(before + 1));
        assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).containsExactly("staging/" + file);
    }

    private void failApplying(int times, int code, String state) {
        world.snowflake()
                .faults()
                .failNext(times, call -> call.startsWith("CALL") && call.contains("APPLY_"), code, state, "It failed");
    }

    /** How many calls were not failed. */
    private long applied() {
        return world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.APPLY_PERSONS");
    }

    private void awaitDown(String... reasons) {
        await().untilAsserted(() -> {
            HealthCheck.Result health = world.stage().health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElse("")).contains(reasons);
        });
    }

    private void awaitUp() {
        await().untilAsserted(() -> assertThat(world.stage().health().getState())
                .as(() -> world.stage().health().getMessage().orElse(""))
                .isEqualTo(HealthCheck.State.UP));
    }
}
