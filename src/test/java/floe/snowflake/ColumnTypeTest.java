package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Column;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tinyint | false | | | | NUMBER(38,0)
            bigint | false | 19 | 0 | | NUMBER(38,0)
            bigint | true | 20 | 0 | | NUMBER(38,0)
            int | true | 10 | 0 | | NUMBER(38,0)
            decimal | false | 12 | 10 | | NUMBER(38,10)
            decimal | false | 65 | 30 | | VARCHAR
            float | false | 12 | | | FLOAT
            double | false | 22 | | | FLOAT
            bit | false | 1 | | | BOOLEAN
            bit | false | 8 | | | BINARY
            varchar | false | | | | VARCHAR
            enum | false | | | | VARCHAR
            set | false | | | | VARCHAR
            longblob | false | | | | BINARY
            varbinary | false | | | | BINARY
            date | false | | | | DATE
            datetime | false | | | 0 | TIMESTAMP_NTZ(9)
            timestamp | false | | | 6 | TIMESTAMP_TZ(9)
            time | false | | | 3 | VARCHAR
            year | false | | | | NUMBER(38,0)
            json | false | | | | VARIANT
            point | false | | | | VARCHAR
            """,
            quoteCharacter = '`')
    void everyMySqlTypeHasOneSnowflakeType(
            String type, boolean unsigned, Integer precision, Integer scale, Integer fraction, String ddl) {
        ColumnType target = ColumnType.of(Column.named("c", type)
                .unsigned(unsigned)
                .precision(precision)
                .scale(scale)
                .fraction(fraction)
                .build());

        assertThat(target.ddl()).isEqualTo(ddl);
    }
}
