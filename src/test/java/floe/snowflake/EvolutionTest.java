package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.Column;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import local.snowflake.SnowflakeServer;
import local.snowflake.wire.SnowflakeFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a Snowflake table follows the shapes of its source, by the procedure that Floe ships. */
class EvolutionTest {

    private static final TableId SOURCE = new TableId("CDC_schema", "Persons");
    private static final SnowflakeName PERSONS = new SnowflakeName(SnowflakeServer.DATABASE, "PUBLIC", "Persons");
    private static final Target TARGET = new Target(SOURCE, PERSONS);

    private SnowflakeServer server;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        server = SnowflakeServer.start();
        connection = server.connection();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void setupMakesTheTable() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID"), text("Full \"Name\"")));

        apply(write(1, 1, "\"FULL \\\"NAME\\\"\":\"Ann\""));

        assertThat(rows("SELECT PERSONID, \"FULL \"\"NAME\"\"\" AS N FROM PERSONS"))
                .containsExactly("[1, Ann]");
    }

    @Test
    void anAddedColumnIsThereAndOldRowsHoldItsDefault() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));
        apply(write(1, 1));

        assertThat(follow(5, table(List.of("PersonID"), integer("PersonID"), active())))
                .isNull();
        apply(write(2, 2), write(6, 3, "\"STATE\":\"gone\""), write(7, 4, "\"STATE\":null"));

        assertThat(rows("SELECT PERSONID, STATE FROM PERSONS"))
                .containsExactly("[1, active]", "[2, active]", "[3, gone]", "[4, null]");
    }

    @Test
    void anOlderOrRepeatedShapeTakesNothingBack() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));
        follow(5, table(List.of("PersonID"), integer("PersonID"), active()));
        apply(write(6, 1, "\"STATE\":\"gone\""));

        follow(3, table(List.of("PersonID"), integer("PersonID")));
        follow(5, table(List.of("PersonID"), integer("PersonID"), active()));
        setUp(table(List.of("PersonID"), integer("PersonID")));
        apply(write(7, 2, "\"STATE\":\"new\""));

        assertThat(rows("SELECT PERSONID, STATE FROM PERSONS")).containsExactly("[1, gone]", "[2, new]");
    }

    @Test
    void aColumnThatWasDroppedIsKept() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID"), text("City")));
        apply(write(1, 1, "\"CITY\":\"Oslo\""));

        follow(5, table(List.of("PersonID"), integer("PersonID")));
        apply(write(6, 2));

        assertThat(rows("SELECT PERSONID, CITY FROM PERSONS")).containsExactly("[1, Oslo]", "[2, null]");
    }

    @Test
    void aNameThatComesAgainHoldsNothingOfTheColumnThatWasDropped() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID"), text("State")));
        follow(4, table(List.of("PersonID"), integer("PersonID")));
        follow(5, table(List.of("PersonID"), integer("PersonID"), active()));

        apply(write(1, 1, "\"STATE\":\"old\""), write(6, 2, "\"STATE\":\"new\""));

        assertThat(rows("SELECT PERSONID, STATE FROM PERSONS")).containsExactly("[1, active]", "[2, new]");
    }

    @Test
    void whenTheShapeWithoutItComesLateToo() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID"), text("State")));
        follow(5, table(List.of("PersonID"), integer("PersonID"), active()));
        apply(write(1, 1, "\"STATE\":\"old\""), write(6, 2, "\"STATE\":\"new\""));

        follow(4, table(List.of("PersonID"), integer("PersonID")));

        assertThat(rows("SELECT PERSONID, STATE FROM PERSONS")).containsExactly("[1, active]", "[2, new]");
    }

    @Test
    void moreDigitsBehindThePointFit() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID"), decimal("Pay", 2)));
        apply(write(1, 1, "\"PAY\":\"1.25\""));

        assertThat(follow(5, table(List.of("PersonID"), integer("PersonID"), decimal("Pay", 4))))
                .isNull();
        apply(write(6, 2, "\"PAY\":\"1.2345\""), write(2, 3, "\"PAY\":\"7.50\""));

        assertThat(rows("SELECT PERSONID, PAY FROM PERSONS"))
                .containsExactly("[1, 1.2500]", "[2, 1.2345]", "[3, 7.5000]");
        assertThat(rows("SELECT PAY__1 FROM PERSONS")).contains("[1.25]");
    }

    @Test
    void aNumberBecomesAText() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID"), integer("Code")));
        apply(write(1, 1, "\"CODE\":7"));

        follow(5, table(List.of("PersonID"), integer("PersonID"), text("Code")));
        apply(write(6, 2, "\"CODE\":\"x\""));

        assertThat(rows("SELECT PERSONID, CODE FROM PERSONS")).containsExactly("[1, 7]", "[2, x]");
    }

    @Test
    void anotherKeyTellsApartWhatItTellsApart() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID"), integer("Tenant")));
        apply(write(1, 1, "\"TENANT\":1"), write(2, 2, "\"TENANT\":1"));

        follow(5, table(List.of("Tenant", "PersonID"), integer("PersonID"), integer("Tenant")));
        apply(write(3, 9, "\"TENANT\":9"), write(6, 1, "\"TENANT\":1"), write(7, 1, "\"TENANT\":2"));
        apply(delete(8, 1, 2));
        apply(write(7, 1, "\"TENANT\":2"), write(9, 2, "\"TENANT\":2"));

        assertThat(rows("SELECT PERSONID, TENANT FROM PERSONS WHERE _POSITION > '" + at(5) + "'"))
                .containsExactly("[1, 1]", "[2, 2]");
        assertThat(rows("SELECT PERSONID, TENANT FROM PERSONS")).hasSize(4);
        // The snapshot that follows a change of the key ends.
        changes("{\"floor\":\"" + at(6) + "\",\"changes\":[]}");
        assertThat(rows("SELECT PERSONID, TENANT FROM PERSONS")).containsExactly("[1, 1]", "[2, 2]");
    }

    @Test
    void aTableOfWhichAnEventTellsIsMadeIfSetupListedIt() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));
        SnowflakeName cities = PERSONS.beside("CITIES");
        Target listed = new Target(new TableId("CDC_schema", "Cities"), cities);
        TableShape shape = table(List.of("id"), integer("id"), text("name"));
        server.execute("INSERT INTO FLOE_SOURCES (SOURCE, TABLE_NAME) VALUES ('CDC_schema.Cities', 'CITIES')");

        assertThat(call(Evolution.of(listed, shape, at(1)))).isNull();
        assertThat(call(Evolution.of(new Target(new TableId("other", "Cities"), cities), shape, at(1))))
                .contains("is taken by CDC_schema.Cities");
        assertThat(call(Evolution.of(new Target(listed.source(), PERSONS.beside("ELSE")), shape, at(1))))
                .contains("not listed");

        assertThat(rows("SELECT NAME FROM CITIES")).isEmpty();
        assertThatThrownBy(() -> rows("SELECT * FROM \"ELSE\"")).hasMessageContaining("ELSE");
    }

    @Test
    void nothingOfAShapeBecomesSql() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));
        String evil = "a\"b'c\\d{table}{columns}\nDROP TABLE PERSONS;\n--";
        Column column =
                Column.named(evil, "varchar").defaultValue("x'\\{table}$$;").build();

        assertThat(follow(5, table(List.of("PersonID"), integer("PersonID"), column)))
                .isNull();
        apply(write(1, 1));

        assertThat(rows("SELECT PERSONID, " + Quote.name(SnowflakeName.fold(evil)) + " AS C FROM PERSONS"))
                .containsExactly("[1, x'\\{table}$$;]");
        assertThat(follow(
                        "{\"columns\":[{\"name\":\"ID\",\"type\":\"NUMBER(38,0)); DROP TABLE X\",\"key\":true}]}",
                        at(6)))
                .contains("a shape that is none");
        assertThat(follow("{\"columns\":[{\"name\":\"ID\",\"type\":\"FLOAT\"}]}", at(6)))
                .contains("a shape that is none");
        assertThat(follow("{\"columns\":[{\"name\":\"I$$D\",\"type\":\"FLOAT\",\"key\":true}]}", at(6)))
                .contains("a shape that is none");
        assertThat(follow("no shape", at(6))).contains("could not be changed");
        assertThat(apply(write(7, 2))).contains("\"refused\":[]");
    }

    /** Whatever fails on the way, the next time brings the table to its end. */
    @Test
    void aChangeOfTheTableInWhichAStatementFailedIsMadeAgain() throws Exception {
        int tried =
                whereverItStops((faults, at) -> faults.failNext(1, at, 630, "57014", "Statement reached its timeout"));

        assertThat(tried).isGreaterThan(30);
    }

    /** Its lease outlives a crash. */
    @Test
    void aChangeOfTheTableInWhichTheServerDiedIsMadeAgain() throws Exception {
        int tried = whereverItStops((faults, at) -> faults.dieAt(at, Duration.ZERO));

        assertThat(tried).isGreaterThan(30);
    }

    private interface Stop {
        void at(SnowflakeFaults faults, Predicate<String> statement);
    }

    private int whereverItStops(Stop stop) throws Exception {
        TableShape first = table(List.of("PersonID"), integer("PersonID"), decimal("Pay", 2), text("State"));
        TableShape last = table(List.of("PersonID"), integer("PersonID"), decimal("Pay", 4), active("More"));
        for (int statements = 0; ; statements += 3) {
            stop();
            start();
            setUp(first);
            apply(write(1, 1, "\"PAY\":\"1.25\""));
            AtomicInteger left = new AtomicInteger(statements);
            stop.at(server.faults(), sql -> left.getAndDecrement() == 0);
            String told;
            try {
                told = follow(5, last);
            } catch (SQLException e) {
                told = e.getMessage();
                connection = server.connection();
                server.execute("UPDATE FLOE_TABLES SET LEASED_AT = TO_TIMESTAMP_LTZ('2020-01-01 00:00:00')");
            }
            if (left.get() >= 0) {
                return statements;
            }
            assertThat(follow(5, last)).as(told).isNull();
            apply(write(6, 2, "\"PAY\":\"1.2345\",\"MORE\":\"x\""));
            assertThat(rows("SELECT PERSONID, PAY, MORE FROM PERSONS"))
                    .as("stopped after %s statements: %s", statements, told)
                    .containsExactly("[1, 1.2500, active]", "[2, 1.2345, x]");
        }
    }

    @Test
    void nothingIsAppliedWhileTheTableIsChanged() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));
        server.execute("UPDATE PERSONS_FLOE SET REVISION = NULL");

        assertThat(apply(write(1, 1))).contains("unready");

        assertThat(rows("SELECT * FROM PERSONS")).isEmpty();
    }

    @Test
    void aLeaseKeepsTwoFromChangingOneTable() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));
        server.execute("UPDATE FLOE_TABLES SET LEASE = 'someone', LEASED_AT = CURRENT_TIMESTAMP()");
        TableShape shape = table(List.of("PersonID"), integer("PersonID"), active());

        assertThat(follow(5, shape)).contains("is being changed by someone else");
        server.execute("UPDATE FLOE_TABLES SET LEASED_AT = TO_TIMESTAMP_LTZ('2020-01-01 00:00:00')");
        assertThat(follow(5, shape)).isNull();
    }

    @Test
    void whatComesByItselfIsWaitedForAndTheRestIsForAnOperator() throws Exception {
        Setup.execute(List.of(new Setup.Mirror(SOURCE, null, PERSONS)), connection);
        assertThat(unready(Evolution.look(TARGET))).containsInstanceOf(TableWaits.class);
        TableShape shape = table(List.of("PersonID"), integer("PersonID"));
        setUp(shape);
        server.execute("UPDATE FLOE_TABLES SET LEASE = 'someone', LEASED_AT = CURRENT_TIMESTAMP()");
        assertThat(unready(Evolution.of(TARGET, shape, at(5)))).containsInstanceOf(TableWaits.class);

        server.execute("UPDATE FLOE_TABLES SET LEASE = NULL", "DROP TABLE PERSONS");

        assertThat(unready(Evolution.look(TARGET)))
                .hasValueSatisfying(why -> assertThat(why).isNotInstanceOf(TableWaits.class));
    }

    @Test
    void aTableThatSomeoneDroppedIsNamed() throws Exception {
        TableShape shape = table(List.of("PersonID"), integer("PersonID"));
        setUp(shape);
        server.execute("DROP TABLE PERSONS");

        assertThat(call(Evolution.look(TARGET)))
                .contains("CDC_DESTINATION.PUBLIC.PERSONS", "was dropped by someone else");
        assertThat(Setup.execute(List.of(new Setup.Mirror(SOURCE, shape, PERSONS)), connection))
                .containsExactly(PERSONS);
        assertThat(call(Evolution.look(TARGET))).isNull();
    }

    @Test
    void aTableThatSomeoneReplacedIsNamed() throws Exception {
        TableShape shape = table(List.of("PersonID"), integer("PersonID"));
        setUp(shape);
        server.execute("CREATE OR REPLACE TABLE PERSONS (PERSONID NUMBER(38,0), _POSITION VARCHAR)");

        assertThat(call(Evolution.look(TARGET))).contains("was replaced by someone else");
        assertThat(follow(5, table(List.of("PersonID"), integer("PersonID"), active())))
                .contains("was replaced by someone else");
    }

    @Test
    void columnsInLowerCaseAreNamed() throws Exception {
        server.execute("CREATE TABLE PERSONS (\"personid\" NUMBER(38,0), CITY VARCHAR)");

        assertThatThrownBy(() -> setUp(table(List.of("PersonID"), integer("PersonID"), text("City"))))
                .isInstanceOf(TableUnready.class)
                .hasMessageContaining("has \"personid\" where Floe needs the same in upper case");
    }

    @Test
    void aColumnThatMayNotBeNullAndThatNobodyFillsIsNamed() throws Exception {
        server.execute("CREATE TABLE PERSONS (PERSONID NUMBER(38,0) NOT NULL, TENANT VARCHAR NOT NULL,"
                + " MADE VARCHAR NOT NULL DEFAULT 'x')");

        assertThatThrownBy(() -> setUp(table(List.of("PersonID"), integer("PersonID"))))
                .isInstanceOf(TableUnready.class)
                .hasMessageContaining("has \"TENANT\", which may not be NULL")
                .hasMessageNotContaining("MADE");
    }

    @Test
    void aTableThatIsThereIsKeptWithItsRowsAndTakesLargerNumbersAndLongerTexts() throws Exception {
        server.execute(
                "CREATE TABLE PERSONS (PERSONID NUMBER(10,0) NOT NULL, CITY VARCHAR(3), NOTE VARCHAR)",
                "INSERT INTO PERSONS (PERSONID, NOTE) VALUES (1, 'mine')");

        setUp(table(List.of("PersonID"), integer("PersonID"), text("City")));
        apply(
                write(1, 1, "\"CITY\":\"Oslo\""),
                "{\"position\":\"" + at(2) + "\",\"row\":{\"PERSONID\":\"12345678901234567890\"}}");

        assertThat(rows("SELECT PERSONID, NOTE, CITY FROM PERSONS"))
                .containsExactly("[1, mine, Oslo]", "[12345678901234567890, null, null]");
    }

    @Test
    void proceduresTouchNoTableThatThoseOfOthersTouch() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));
        int before = server.journal().statements().size();

        apply(write(1, 1));

        assertThat(server.journal()
                        .statements()
                        .subList(before, server.journal().statements().size()))
                .isNotEmpty()
                .noneMatch(sql -> sql.contains("FLOE_TABLES"));
    }

    @Test
    void aTableOfItsKeyAloneIsStillUpdated() throws Exception {
        setUp(table(List.of("PersonID"), integer("PersonID")));

        apply(write(1, 1));
        apply(write(2, 1));

        assertThat(rows("SELECT PERSONID, _POSITION FROM PERSONS")).containsExactly("[1, " + at(2) + "]");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        TableShape shape = table(List.of("id"), integer("id"), text("Name"), text("NAME"));

        assertThatThrownBy(() -> Evolution.of(TARGET, shape, at(1)))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("Name and NAME of CDC_schema.Persons are both NAME in Snowflake");
    }

    @Test
    void aTableWithoutKeyIsRefused() {
        assertThatThrownBy(() -> Evolution.of(TARGET, table(List.of(), integer("id")), at(1)))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("CDC_schema.Persons has no key");
    }

    private String follow(String shape, Position at) throws Exception {
        return call(new Evolution(SOURCE, PERSONS, shape, at.toString()));
    }

    private static String delete(int position, int id, int tenant) {
        return "{\"position\":\"" + at(position) + "\",\"deleted\":true,\"row\":{\"PERSONID\":" + id + ",\"TENANT\":"
                + tenant + "}}";
    }

    private static Column active() {
        return active("State");
    }

    private static Column active(String name) {
        return Column.named(name, "varchar")
                .length(10L)
                .nullable(false)
                .defaultValue("active")
                .build();
    }

    private static Column decimal(String name, int scale) {
        return Column.named(name, "decimal").precision(10).scale(scale).build();
    }

    private void setUp(TableShape shape) {
        Setup.execute(List.of(new Setup.Mirror(SOURCE, shape, PERSONS)), connection);
    }

    private String follow(int position, TableShape shape) throws Exception {
        return call(Evolution.of(TARGET, shape, at(position)));
    }

    private String call(Evolution evolution) throws Exception {
        return unready(evolution).map(TableUnready::getMessage).orElse(null);
    }

    private Optional<TableUnready> unready(Evolution evolution) throws Exception {
        try (PreparedStatement call =
                connection.prepareStatement(evolution.sql().replaceAll(":\\?\\w+", "?"))) {
            int place = 1;
            for (String name : List.of("schema", "source", "table", "shape", "told_at")) {
                call.setObject(place++, evolution.parameters().get(name));
            }
            try (ResultSet answer = call.executeQuery()) {
                answer.next();
                return evolution.unready(answer.getString(1));
            }
        }
    }

    private String apply(String... changes) throws Exception {
        return changes("{\"changes\":[" + String.join(",", changes) + "]}");
    }

    private String changes(String batch) throws Exception {
        try (PreparedStatement call =
                connection.prepareStatement("CALL " + PERSONS.applyProcedure().quoted() + "(PARSE_JSON(?))")) {
            call.setString(1, batch);
            try (ResultSet answer = call.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }

    private static String write(int position, int id, String... values) {
        List<String> row = new ArrayList<>(List.of("\"PERSONID\":" + id));
        row.addAll(Arrays.asList(values));
        return "{\"position\":\"" + at(position) + "\",\"row\":{" + String.join(",", row) + "}}";
    }

    private static Position at(int position) {
        return new Position(1_795_367_406L, 1, position, 1);
    }

    private List<String> rows(String sql) throws Exception {
        return server.query(sql).stream()
                .map(Map::values)
                .map(values -> new ArrayList<>(values).toString())
                .sorted()
                .toList();
    }

    private static TableShape table(List<String> key, Column... columns) {
        return new TableShape(key, List.of(columns));
    }

    private static Column integer(String name) {
        return Column.named(name, "int").nullable(false).build();
    }

    private static Column text(String name) {
        return Column.named(name, "varchar").length(255L).build();
    }
}
