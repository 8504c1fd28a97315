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
}
