package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.definition;
import static routes.Events.person;
import static routes.Events.snapshot;
import static routes.Events.snapshotEnd;
import static routes.Events.table;
import static routes.Events.write;

import floe.change.TableId;
import floe.change.TableShape;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What health and meters tell of each table that is loaded. */
class LoadTablesTest {

    private static final String SECRET = "Geheimnis";
    private static final String SINCE = " since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ: ";

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
        world.stage().set("camel.beans.metricsRegistry", "#class:" + SimpleMeterRegistry.class.getName());
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void eachTableThatWaitsSaysWhySinceWhenAndTheWayOutAndTheOthersOfItsFileGoOn() throws Exception {
        world.with(
                TableId.parse("CDC_schema.Bills"),
                new TableShape(List.of("ID"), List.of(LoadWorld.column("ID", "int", false))));
        world.stage().set("load.tables", LoadWorld.PERSONS + ", CDC_schema.Orders, CDC_schema.Bills");
        world.stage(
                write("Orders", 10, person(1, SECRET, "Oslo")),
                write("Bills", 20, "{\"ID\":2,\"Payer\":\"" + SECRET + "\"}"),
                write(30, person(3, "Cid", "Bonn")));
        world.stage().start();

        awaitTables("1 ready, 1 waiting, 1 set aside");

        assertThat(gauge("ready")).isEqualTo(1);
        assertThat(gauge("set aside")).isEqualTo(1);
        assertThat(gauge("waiting")).isEqualTo(1);
        assertThat(String.valueOf(details().get("unready_tables")).lines())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).contains("run 'floe setup'").doesNotContain(SECRET))
                .satisfiesExactly(
                        line -> assertThat(line).containsPattern("^CDC_schema.Orders: set aside" + SINCE),
                        line -> assertThat(line)
                                .containsPattern("^CDC_schema.Bills: waiting" + SINCE)
                                .contains("the column Payer"));
        await().untilAsserted(() -> assertThat(world.persons()).containsExactly("3 Cid Bonn"));
        // One table that is not ready has the check down, as the stage has not done its work.
        assertThat(world.stage().health().getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    @Test
    void aTableThatNobodyMendsIsLookedAtLessAndLessOften() throws Exception {
        world.stage().set("load.tables", LoadWorld.PERSONS + ", CDC_schema.Orders");
        world.stage().start();
        awaitTables("1 ready, 1 set aside");
        long before = looks();

        // Some forty polls.
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(30)).until(() -> true);

        assertThat(looks() - before).isLessThanOrEqualTo(3);
        world.with(
                TableId.parse("CDC_schema.Orders"),
                new TableShape(List.of("ID"), List.of(LoadWorld.column("ID", "int", false))));
        awaitTables("2 ready");
    }

    @Test
    void aFileIsTriedAgainForTheTablesAloneThatWereNotReady() throws Exception {
        world.stage().set("load.tables", LoadWorld.PERSONS + ", CDC_schema.Orders");
        String file = world.stage(
                write(10, person(1, "Ann", "Oslo")),
                "no event",
                write("Orders", 20, "{\"ID\":2}"),
                write(30, person(3, "Cid", "Bonn")));
        world.stage().start();
        awaitTables("1 ready, 1 set aside");
        await().untilAsserted(() -> assertThat(world.persons()).containsExactly("1 Ann Oslo", "3 Cid Bonn"));
        long before = looks();

        await().until(() -> looks() > before + 4);

        assertThat(world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.APPLY_PERSONS"))
                .isEqualTo(1);
        world.with(
                TableId.parse("CDC_schema.Orders"),
                new TableShape(List.of("ID"), List.of(LoadWorld.column("ID", "int", false))));
        world.awaitArchived(file);
        assertThat(world.snowflake().query("SELECT ID FROM ORDERS")).hasToString("[{ID=2}]");
        assertThat(world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.APPLY_PERSONS"))
                .isEqualTo(1);
        assertThat(world.deadLetters()).hasSize(1);
    }

    private long looks() {
        return world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.FLOE_EVOLVE");
    }

    @Test
    void aTableWaitsForItsShapeUntilAnEventTellsOfIt() throws Exception {
        world.stage().start();
        String early = world.stage(
                write(300, "{\"PersonID\":2,\"FullName\":\"" + SECRET + "\",\"City\":\"Rome\",\"Zip\":\"0150\"}"));

        awaitTables("0 ready, 1 waiting");

        assertThat(gauge("waiting")).isEqualTo(1);
        assertThat(String.valueOf(details().get("unready_tables")))
                .containsPattern("^CDC_schema.Persons: waiting" + SINCE)
                .contains("the column Zip", "no event has told of it yet; if none comes, run 'floe setup'")
                .doesNotContain(SECRET);
        String told = world.stage(definition(200, ",{\"name\":\"Zip\",\"type\":\"varchar\",\"nullable\":true}"));
        world.awaitArchived(early, told);
        awaitTables("1 ready");
        assertThat(details()).doesNotContainKey("unready_tables");
        assertThat(gauge("waiting")).isZero();
    }

    @Test
    void aSnapshotOfATableThatWasDroppedBeforeItWasMadeIsNothingToWaitFor() throws Exception {
        world.snowflake()
                .execute("INSERT INTO FLOE_SOURCES (SOURCE, TABLE_NAME) VALUES ('CDC_schema.Orders', 'ORDERS')");
        world.stage().set("load.tables", LoadWorld.PERSONS + ", CDC_schema.Ord*");
        world.stage().start();
        String begun = world.stage(ofOrders(snapshot("begin", 50)), write(30, person(3, "Cid", "Bonn")));
        awaitTables("1 ready, 1 waiting");

        String dropped = world.stage(ofOrders(table("QueryEvent", 60)), ofOrders(snapshot("cancelled", 50)));

        world.awaitArchived(begun, dropped);
        await().untilAsserted(() -> assertThat(details()).doesNotContainKey("unready_tables"));
        String ofAnother = world.stage(ofOrders(snapshot("begin", 70)));
        awaitTables("1 ready, 1 waiting");
        world.stage(ofOrders(table("QueryEvent", 80)));
        world.awaitArchived(ofAnother);
    }

    private static String ofOrders(String event) {
        return event.replace("Persons", "Orders");
    }

    @Test
    void aTableThatIsReadIsReady() throws Exception {
        world.stage().start();
        world.awaitArchived(world.stage(snapshot("begin", 100), write(120, person(1, "Ann", "Oslo"))));

        awaitTables("0 ready, 1 reading");

        assertThat(gauge("reading")).isEqualTo(1);
        assertThat(details()).doesNotContainKey("unready_tables");
        StageHealth.awaitReady(world.stage().camel());
        world.awaitArchived(world.stage(snapshotEnd(100, 0, 1)));
        awaitTables("1 ready");
    }

    @Test
    void aTableWithoutItsProcedureIsSetAside() throws Exception {
        world.snowflake().execute("DROP PROCEDURE APPLY_PERSONS(VARIANT)");
        world.stage(write(10, person(1, SECRET, "Oslo")));
        world.stage().start();

        awaitTables("0 ready, 1 set aside");

        assertThat(String.valueOf(details().get("unready_tables")))
                .contains("a procedure is missing, not granted to the role, or an earlier Floe's; run 'floe setup'")
                .doesNotContain(SECRET);
    }

    /** A call for each row, so that those of Bills come first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP PROCEDURE APPLY_BILLS(VARIANT)",
                "UPDATE BILLS_FLOE SET REVISION = NULL",
                "ALTER TABLE BILLS DROP COLUMN _POSITION",
                "DROP TABLE BILLS_TOMBSTONES",
            })
    void aTableThatCannotTakeItsCallHoldsUpNoOtherOfItsFile(String breaking) throws Exception {
        world.with(
                TableId.parse("CDC_schema.Bills"),
                new TableShape(List.of("ID"), List.of(LoadWorld.column("ID", "int", false))));
        world.stage()
                .set("load.tables", LoadWorld.PERSONS + ", CDC_schema.Bills")
                .set("load.batch-rows", "1");
        world.stage().start();
        awaitTables("2 ready");
        world.awaitArchived(world.stage(write("Bills", 10, "{\"ID\":1}"), write(20, person(1, "Ann", "Oslo"))));

        world.snowflake().execute(breaking);
        String file = world.stage(
                write("Bills", 30, "{\"ID\":2}"),
                write("Bills", 40, "{\"ID\":3}"),
                write(50, person(3, "Cid", "Bonn")));

        await().untilAsserted(() -> assertThat(world.persons()).containsExactly("1 Ann Oslo", "3 Cid Bonn"));
        await().untilAsserted(() ->
                assertThat(String.valueOf(details().get("unready_tables"))).contains("CDC_schema.Bills"));
        assertThat(world.deadLetters()).isEmpty();
        assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).containsExactly("staging/" + file);
    }

    @Test
    void aTableWaitsForASnowflakeThatIsUnwell() throws Exception {
        world.stage().start();
        awaitTables("1 ready");
        world.awaitArchived(world.stage(write(10, person(1, "Ann", "Oslo"))));
        world.snowflake().faults().suspendWarehouse(true);
        String file = world.stage(write(20, person(2, "Bob", "Rome")));
        awaitTables("0 ready, 1 waiting");
        assertThat(String.valueOf(details().get("unready_tables")))
                .contains("Snowflake answered 090073 (22000): Warehouse");

        world.snowflake().faults().suspendWarehouse(false);

        world.awaitArchived(file);
        awaitTables("1 ready");
    }

    private void awaitTables(String counts) {
        await().untilAsserted(() -> assertThat(details().get("tables"))
                .as(() -> String.valueOf(details().get("unready_tables")))
                .isEqualTo(counts));
    }

    private Map<String, Object> details() {
        return world.stage().health().getDetails();
    }

    private double gauge(String state) {
        return world.stage()
                .camel()
                .getRegistry()
                .findSingleByType(MeterRegistry.class)
                .get("floe.load.tables")
                .tag("state", state)
                .gauge()
                .value();
    }
}
