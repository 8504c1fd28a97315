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
            tinyint | false | | | | NUMBER(38,0) | c.value['row']['C']::NUMBER(38,0)
            bigint | false | 19 | 0 | | NUMBER(38,0) | c.value['row']['C']::NUMBER(38,0)
            bigint | true | 20 | 0 | | NUMBER(20,0) | c.value['row']['C']::NUMBER(20,0)
            int | true | 10 | 0 | | NUMBER(38,0) | c.value['row']['C']::NUMBER(38,0)
            decimal | false | 38 | 10 | | NUMBER(38,10) | c.value['row']['C']::NUMBER(38,10)
            decimal | false | 65 | 30 | | VARCHAR | c.value['row']['C']::VARCHAR
            float | false | 12 | | | FLOAT | c.value['row']['C']::FLOAT
            double | false | 22 | | | FLOAT | c.value['row']['C']::FLOAT
            bit | false | 1 | | | BOOLEAN | c.value['row']['C']::BOOLEAN
            bit | false | 8 | | | BINARY | TO_BINARY(c.value['row']['C']::VARCHAR, 'BASE64')
            varchar | false | | | | VARCHAR | c.value['row']['C']::VARCHAR
            enum | false | | | | VARCHAR | c.value['row']['C']::VARCHAR
            set | false | | | | VARCHAR | c.value['row']['C']::VARCHAR
            longblob | false | | | | BINARY | TO_BINARY(c.value['row']['C']::VARCHAR, 'BASE64')
            varbinary | false | | | | BINARY | TO_BINARY(c.value['row']['C']::VARCHAR, 'BASE64')
            date | false | | | | DATE | TO_DATE(c.value['row']['C']::VARCHAR, 'AUTO')
            datetime | false | | | 0 | TIMESTAMP_NTZ(0) | TO_TIMESTAMP_NTZ(c.value['row']['C']::VARCHAR, 'AUTO')::TIMESTAMP_NTZ(0)
            timestamp | false | | | 6 | TIMESTAMP_TZ(6) | TO_TIMESTAMP_TZ(c.value['row']['C']::VARCHAR, 'AUTO')::TIMESTAMP_TZ(6)
            time | false | | | 3 | VARCHAR | c.value['row']['C']::VARCHAR
            year | false | | | | NUMBER(4,0) | c.value['row']['C']::NUMBER(4,0)
            json | false | | | | VARIANT | PARSE_JSON(c.value['row']['C']::VARCHAR)
            point | false | | | | VARCHAR | c.value['row']['C']::VARCHAR
            """,
            quoteCharacter = '`')
    void everyMySqlTypeHasOneSnowflakeType(
            String type, boolean unsigned, Integer precision, Integer scale, Integer fraction, String ddl, String sql) {
        ColumnType target = ColumnType.of(Column.named("c", type)
                .unsigned(unsigned)
                .precision(precision)
                .scale(scale)
                .fraction(fraction)
                .build());

        assertThat(target.ddl()).isEqualTo(ddl);
        assertThat(target.valueOf("C")).isEqualTo(sql);
    }
}
