package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import floe.mysql.SourceColumn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tinyint(1)          | tinyint    |    |   | | NUMBER(38,0)     | c.value['row']['C']::NUMBER(38,0)
            bigint              | bigint     | 19 | 0 | | NUMBER(38,0)     | c.value['row']['C']::NUMBER(38,0)
            bigint unsigned     | bigint     | 20 | 0 | | NUMBER(20,0)     | c.value['row']['C']::NUMBER(20,0)
            int unsigned        | int        | 10 | 0 | | NUMBER(38,0)     | c.value['row']['C']::NUMBER(38,0)
            decimal(38,10)      | decimal    | 38 | 10| | NUMBER(38,10)    | c.value['row']['C']::NUMBER(38,10)
            decimal(65,30)      | decimal    | 65 | 30| | VARCHAR          | c.value['row']['C']::VARCHAR
            float               | float      | 12 |   | | FLOAT            | c.value['row']['C']::FLOAT
            double              | double     | 22 |   | | FLOAT            | c.value['row']['C']::FLOAT
            bit(1)              | bit        | 1  |   | | BOOLEAN          | c.value['row']['C']::BOOLEAN
            bit(8)              | bit        | 8  |   | | BINARY           | TO_BINARY(c.value['row']['C']::VARCHAR, 'BASE64')
            varchar(20)         | varchar    |    |   | | VARCHAR          | c.value['row']['C']::VARCHAR
            enum('a','b')       | enum       |    |   | | VARCHAR          | c.value['row']['C']::VARCHAR
            set('a','b')        | set        |    |   | | VARCHAR          | c.value['row']['C']::VARCHAR
            longblob            | longblob   |    |   | | BINARY           | TO_BINARY(c.value['row']['C']::VARCHAR, 'BASE64')
            varbinary(3)        | varbinary  |    |   | | BINARY           | TO_BINARY(c.value['row']['C']::VARCHAR, 'BASE64')
            date                | date       |    |   | | DATE             | c.value['row']['C']::VARCHAR::DATE
            datetime            | datetime   |    |   |0| TIMESTAMP_NTZ(0) | c.value['row']['C']::VARCHAR::TIMESTAMP_NTZ(0)
            timestamp(6)        | timestamp  |    |   |6| TIMESTAMP_TZ(6)  | c.value['row']['C']::VARCHAR::TIMESTAMP_TZ(6)
            time(3)             | time       |    |   |3| VARCHAR          | c.value['row']['C']::VARCHAR
            year                | year       |    |   | | NUMBER(4,0)      | c.value['row']['C']::NUMBER(4,0)
            json                | json       |    |   | | VARIANT          | PARSE_JSON(c.value['row']['C']::VARCHAR)
            point               | point      |    |   | | VARCHAR          | c.value['row']['C']::VARCHAR
            """,
            quoteCharacter = '`')
    void everyMySqlTypeHasOneSnowflakeType(
            String columnType,
            String dataType,
            Integer precision,
            Integer scale,
            Integer fraction,
            String ddl,
            String sql) {
        ColumnType type = ColumnType.of(new SourceColumn(
                "c", columnType, dataType, null, precision, scale, fraction, true, null, false, null, null));

        assertThat(type.ddl()).isEqualTo(ddl);
        assertThat(type.valueOf("C")).isEqualTo(sql);
    }
}
