package local.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptingTest {

    private static SnowflakeServer server;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        server = SnowflakeServer.start();
        connection = server.connection();
        server.execute(
                """
                CREATE OR REPLACE PROCEDURE insert_procedure(PERSONID INT, FULLNAME STRING, CITY STRING)
                RETURNS STRING LANGUAGE SQL AS
                $$
                BEGIN
                    INSERT INTO CDC_TABLE (PersonID, FullName, City) VALUES (:PERSONID, :FULLNAME, :CITY);
                    RETURN 'ok';
                END;
                $$
                """,
                """
                CREATE OR REPLACE PROCEDURE update_procedure(PERSONID INT, FULLNAME STRING, CITY STRING)
                RETURNS STRING LANGUAGE SQL AS
                'BEGIN
                    UPDATE CDC_TABLE SET FullName = :FULLNAME, City = :CITY WHERE PersonID = :PERSONID;
                    IF (SQLROWCOUNT = 0) THEN
                        CALL insert_procedure(:PERSONID, :FULLNAME, :CITY);
                        RETURN ''inserted'';
                    ELSEIF (SQLROWCOUNT > 1) THEN
                        RETURN ''several'';
                    ELSE
                        RETURN ''updated '' || SQLROWCOUNT;
                    END IF;
                END'
                """,
                """
                CREATE OR REPLACE PROCEDURE delete_procedure(PERSONID INT) RETURNS NUMBER LANGUAGE SQL AS
                $$
                BEGIN
                    LET before NUMBER := (SELECT COUNT(*) FROM CDC_TABLE);
                    DELETE FROM CDC_TABLE WHERE PersonID = :PERSONID;
                    RETURN before - (SELECT COUNT(*) FROM CDC_TABLE);
                END
                $$
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        server.execute("CREATE OR REPLACE TABLE CDC_TABLE (PERSONID INT PRIMARY KEY, FULLNAME STRING, CITY STRING)");
    }

    @Test
    void statementsThatAProcedureWritesAreRunInALoop() throws Exception {
        server.execute(
                """
                CREATE OR REPLACE PROCEDURE fill(HOW_MANY INT) RETURNS STRING LANGUAGE SQL AS
                $$
                DECLARE
                    id NUMBER DEFAULT 0;
                    statement VARCHAR;
                BEGIN
                    WHILE (id < how_many) DO
                        id := id + 1;
                        statement := 'INSERT INTO CDC_TABLE (PERSONID, FULLNAME) SELECT ' || id || ', '
                            || 'HEX_DECODE_STRING(''' || HEX_ENCODE('é' || id) || ''')';
                        EXECUTE IMMEDIATE :statement;
                    END WHILE;
                    RETURN SPLIT_PART('a,b', ',', 2) || SPLIT_PART('a,b', ',', 3)
                        || IFF(REGEXP_LIKE('ab', 'a'), 'part', 'whole');
                END;
                $$
                """);

        assertThat(server.query("CALL fill(2)").get(0).values()).hasToString("[bwhole]");
        assertThat(server.query("SELECT FULLNAME FROM CDC_TABLE ORDER BY PERSONID"))
                .hasToString("[{FULLNAME=é1}, {FULLNAME=é2}]");
    }

    @Test
    void theThreeProceduresOfTheOlderSetUpRunAsTheyAre() throws Exception {
        assertThat(call("CALL insert_procedure(?, ?, ?)", 1, "Ann O'Neil", null))
                .isEqualTo("ok");
        assertThat(call("CALL update_procedure(?, ?, ?)", "1", "Ann", "Oslo")).isEqualTo("updated 1");
        assertThat(call("CALL update_procedure(?, ?, ?)", 2, "Bob", "Bonn")).isEqualTo("inserted");
        assertThat(call("call \"CDC_DESTINATION\".PUBLIC.delete_procedure(?)", 1))
                .isEqualTo("1");

        assertThat(server.query("SELECT * FROM CDC_TABLE").toString())
                .isEqualTo("[{PERSONID=2, FULLNAME=Bob, CITY=Bonn}]");
    }

    @Test
    void whatACalledProcedureAnswersCanBeKept() throws Exception {
        server.execute(
                """
                CREATE OR REPLACE PROCEDURE twice(PERSONID INT, FULLNAME STRING) RETURNS STRING AS
                $$
                DECLARE
                    answer VARCHAR;
                BEGIN
                    CALL update_procedure(:PERSONID, UPPER(:FULLNAME), 'x') INTO :answer;
                    RETURN answer || ' once';
                END
                $$
                """);

        assertThat(call("CALL twice(?, ?)", 1, "Ann")).isEqualTo("inserted once");
        assertThat(server.query("SELECT * FROM CDC_TABLE").toString())
                .isEqualTo("[{PERSONID=1, FULLNAME=ANN, CITY=x}]");
    }

    @Test
    void parametersOfACallAreCounted() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("CALL insert_procedure(?, ?, ?)")) {
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(3);
        }
    }

    @Test
    void argumentThatDoesNotFitItsTypeFailsTheCall() {
        assertThatThrownBy(() -> call("CALL insert_procedure(?, ?, ?)", "one", "Ann", "Oslo"))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(100038);
                    assertThat(e.getMessage()).contains("'one'");
                });
    }

    @Test
    void proceduresOfOneNameAreToldApartByTheirArguments() throws Exception {
        server.execute(
                "CREATE PROCEDURE kind() RETURNS STRING AS 'BEGIN RETURN ''none''; END'",
                "CREATE PROCEDURE kind(N NUMBER) RETURNS STRING AS 'BEGIN RETURN ''number''; END'",
                "CREATE PROCEDURE kind(S STRING) RETURNS STRING AS 'BEGIN RETURN ''text''; END'");

        assertThat(call("CALL kind()")).isEqualTo("none");
        assertThat(call("CALL kind(?)", 1)).isEqualTo("number");
        assertThat(call("CALL kind(?)", "1")).isEqualTo("text");
    }

    @Test
    void whatAProcedureDidBeforeItsErrorStaysUnlessItRollsBack() throws Exception {
        server.execute(
                """
                CREATE OR REPLACE PROCEDURE half(UNDO BOOLEAN) RETURNS STRING AS
                $$
                BEGIN
                    IF (undo) THEN BEGIN TRANSACTION; END IF;
                    INSERT INTO CDC_TABLE (PersonID) VALUES (1);
                    INSERT INTO CDC_TABLE (PersonID) VALUES ('x');
                    RETURN 'not reached';
                EXCEPTION
                    WHEN STATEMENT_ERROR THEN
                        IF (undo) THEN ROLLBACK; END IF;
                        RETURN SQLCODE || ' ' || SQLSTATE;
                END
                $$
                """);

        assertThat(call("CALL half(?)", true)).isEqualTo("100038 22018");
        assertThat(server.query("SELECT * FROM CDC_TABLE")).isEmpty();
        assertThat(call("CALL half(?)", false)).isEqualTo("100038 22018");
        assertThat(server.query("SELECT * FROM CDC_TABLE")).hasSize(1);
    }

    @Test
    void exceptionOfItsOwnReachesTheCaller() throws Exception {
        server.execute(
                """
                CREATE OR REPLACE PROCEDURE refuse() RETURNS STRING AS
                $$
                DECLARE
                    too_old EXCEPTION (-20002, 'The change is too old');
                BEGIN
                    RAISE too_old;
                EXCEPTION
                    WHEN too_old THEN RAISE;
                END
                $$
                """);

        assertThatThrownBy(() -> call("CALL refuse()")).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(-20002);
            assertThat(e.getSQLState()).isEqualTo("P0001");
            assertThat(e.getMessage()).contains("The change is too old");
        });
    }

    @Test
    void transactionLeftOpenByAProcedureIsRolledBack() throws Exception {
        server.execute("CREATE OR REPLACE PROCEDURE forget() RETURNS STRING AS"
                + " 'BEGIN BEGIN TRANSACTION; INSERT INTO CDC_TABLE (PersonID) VALUES (1); RETURN 1; END'");

        assertThatThrownBy(() -> call("CALL forget()")).hasMessageContaining("Scoped transaction");
        assertThat(server.query("SELECT * FROM CDC_TABLE")).isEmpty();
    }

    @Test
    void selectIntoFillsVariables() throws Exception {
        server.execute(
                "INSERT INTO CDC_TABLE VALUES (7, 'Ann', 'Oslo')",
                """
                CREATE OR REPLACE PROCEDURE where_is(ID INT) RETURNS STRING AS
                $$
                DECLARE
                    town VARCHAR;
                BEGIN
                    SELECT city INTO :town FROM CDC_TABLE WHERE PersonID = :id;
                    RETURN town;
                END
                $$
                """);

        assertThat(call("CALL where_is(?)", 7)).isEqualTo("Oslo");
        assertThatThrownBy(() -> call("CALL where_is(?)", 8)).hasMessageContaining("exactly 1 returned row");
    }

    @Test
    void callableStatementBindsToo() throws Exception {
        try (CallableStatement call = connection.prepareCall("CALL insert_procedure(?, ?, ?)")) {
            call.setLong(1, 3);
            call.setString(2, "Eve");
            call.setNull(3, Types.VARCHAR);
            call.execute();
        }

        assertThat(server.query("SELECT CITY FROM CDC_TABLE WHERE PERSONID = 3"))
                .first()
                .satisfies(row -> assertThat(row.get("CITY")).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() RETURNS STRING AS 'BEGIN FOR i IN 1 TO 2 DO RETURN 1; END FOR; END'",
                "CREATE PROCEDURE p() RETURNS STRING LANGUAGE PYTHON AS 'x'",
                "CREATE PROCEDURE p() RETURNS STRING AS 'BEGIN RETURN 1; '",
                "SELECT 1; SELECT 2",
                "SELEC 1",
                "SELECT CASEWHEN(TRUE, 1, 2)",
                "SET LOCK_TIMEOUT 1",
                "CREATE TABLE t (a GEOMETRY)",
                "CREATE TABLE t (a INT) ENGINE = x",
                "ALTER TABLE CDC_TABLE SWAP WITH t",
                "INSERT INTO CDC_TABLE SELECT PARSE_XML('<a/>')",
                "SELECT * FROM CDC_TABLE SAMPLE (10)",
                "GRANT SELECT ON CDC_TABLE TO ROLE x"
            })
    void whatItDoesNotKnowItRefuses(String sql) {
        assertThatThrownBy(() -> server.execute(sql)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isIn(1003, 2140, 2040, 8);
            assertThat(e.getSQLState()).isIn("42000", "42601", "0A000");
        });
    }

    private static String call(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.execute();
            try (ResultSet answer = statement.getResultSet()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }
}
