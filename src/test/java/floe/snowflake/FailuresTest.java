package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "100035,22007",
        "100038,22018",
        "100039,22003",
        "100040,22007",
        "100069,22P02",
        "100072,22000",
        "100078,22000",
        "100096,22000"
    })
    void aRefusedValueIsUnfit(int code, String state) {
        assertThat(Failures.isUnfit(new SQLException("refused", state, code))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2003,42S02",
        "2140,42601",
        "2141,42601",
        "1044,42P13",
        "603,XX000",
        "630,57014",
        "100090,42P18",
        "3001,42501",
        "604,57014",
        "606,57P03",
        "625,57014",
        "390112,08001",
        "390114,08001",
        "390104,XX000",
        "300002,XX000",
        "200016,58030",
        "904,42000",
        "1003,42000",
        "0,08001",
        "90105,22000",
        "200008,22000",
        "100183,P0000",
        "777,"
    })
    void everythingElseIsTheWarehouseBeingUnwell(int code, String state) {
        assertThat(Failures.isUnfit(new SQLException("unwell", state, code))).isFalse();
    }

    @Test
    void theExplanationQuotesNoValueOfARow() {
        var refused = new SQLException("Numeric value 'Jane Doe' is not recognized", "22018", 100_038);
        var unknown = new SQLException("Row Values: [Jane Doe]", "42P18", 100_090);

        assertThat(Failures.explain(refused)).contains("100038 (22018)").doesNotContain("Jane");
        assertThat(Failures.explain(unknown)).contains("100090 (42P18)").doesNotContain("Jane");
    }

    @Test
    void theExplanationOfAnExhaustedPoolTellsWhatTheDriverSaid() {
        var login = new SQLException("Incorrect username or password was specified.", "08001", 390_100);
        var pool = new SQLTransientConnectionException("snowflake - Connection is not available", null, 0, login);

        assertThat(Failures.explain(pool)).contains("390100 (08001)", "Incorrect username");
    }

    @ParameterizedTest
    @CsvSource({"904,42000", "1044,42P13", "2003,42S02", "2043,02000", "2140,42601", "2141,42601", "3001,42501"})
    void whatIsMissingIsTheOperatorsAndOfOneTable(int code, String state) {
        var failure = new SQLException("SQL compilation error", state, code);

        assertThat(Failures.isMissing(failure)).isTrue();
        assertThat(Failures.isTooMuch(failure)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"100090,42P18", "603,XX000", "630,57014", "300002,XX000", "300010,XX000"})
    void whatFewerChangesMaySpareIsTooMuch(int code, String state) {
        assertThat(Failures.isTooMuch(new SQLException("failed", state, code))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"625,57014", "604,57014", "606,57P03", "390114,08001", "200015,58030", "290000,58000", "100038,22018"})
    void whatFewerChangesCannotSpareIsNot(int code, String state) {
        assertThat(Failures.isTooMuch(new SQLException("failed", state, code))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "200001,failed within",
        "200015,cannot be reached",
        "200016,cannot be reached",
        "200022,not Snowflake",
        "200029,snowflake.url",
        "200045,private-key-file",
        "200047,a parameter",
        "200051,proxy",
        "200059,snowflake.url",
        "254000,certificate",
        "290000,cannot be reached"
    })
    void failuresOfTheDriverAreToldInWords(int code, String words) {
        assertThat(Failures.explain(new SQLException("x", "XX000", code)))
                .startsWith("The Snowflake driver failed with " + code)
                .contains(words);
    }

    @Test
    void aReasonIsTheSameEachTime() {
        String first = Failures.explain(
                new SQLException("JWT token is invalid. [6d7e8bba-0f64-4a6b-9d4b-0c8e5c7a1f11]", "08001", 390_144));
        String second = Failures.explain(
                new SQLException("JWT token is invalid. [9a1c8bba-1f64-4a6b-8d4b-1c8e5c7a1f22]", "08001", 390_144));
        String waiters = Failures.explain(
                new SQLException("Statement '01b2-77' has locked table 'T' in transaction 1795367406", "57014", 625));

        assertThat(second).isEqualTo(first).contains("JWT token is invalid.");
        assertThat(waiters).contains("too many statements wait").doesNotContain("1795367406");
    }
}
