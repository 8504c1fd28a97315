package local.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import local.mysql.MySqlServer;
import local.snowflake.SnowflakeServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That both sides are equal is only said where they are. */
class ComparisonTest {

    private static final String TARGET = "CDC_DESTINATION.PUBLIC.\"T 1\"";

    private static MySqlServer mysql;
    private static SnowflakeServer snowflake;

    @BeforeAll
    static void start() throws Exception {
        mysql = new MySqlServer().start();
        snowflake = SnowflakeServer.start();
        mysql.execute(
                "CREATE DATABASE c",
                "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'",
                """
                CREATE TABLE c.`t 1` (id INT(6) ZEROFILL PRIMARY KEY, big BIGINT UNSIGNED, amount DECIMAL(10,2) ZEROFILL,
                    huge DECIMAL(65,30), f FLOAT, d DOUBLE, flag BIT(1), bits BIT(12), y YEAR, day DATE, moment DATETIME(6),
                    instant TIMESTAMP(3) NULL, span TIME(2), name VARCHAR(20) CHARACTER SET latin1, raw VARBINARY(9),
                    kind ENUM('a','b,c'), tags SET('x','y','z'), doc JSON, place POINT)""",
                """
                INSERT INTO c.`t 1` VALUES (1, 18446744073709551615, 1.5, -1.5, 0.1, -0e0, b'1', b'1000000001', 0,
                    '1000-01-01', '1582-10-10 00:00:00.000001', '2024-03-10 02:30:00.120', '-838:59:59', 'Zoë ', x'00ff',
                    'b,c', 'x,z', '{"a": 1.0, "b": [null, "é"]}', ST_GeomFromText('POINT(1 2)')),
                    (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0000-00-00', '2024-02-31 10:00:00',
                    '0000-00-00 00:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL)""",
                "CREATE TABLE c.bag (v INT)",
                "INSERT INTO c.bag VALUES (1), (1), (2)");
        snowflake.execute(
                """
                CREATE TABLE "T 1" (ID NUMBER(38,0), BIG NUMBER(20,0), AMOUNT NUMBER(12,4), HUGE VARCHAR, F FLOAT, D FLOAT,
                    FLAG BOOLEAN, BITS BINARY, Y NUMBER(4,0), DAY DATE, MOMENT TIMESTAMP_NTZ(6), INSTANT TIMESTAMP_TZ(3),
                    SPAN VARCHAR, NAME VARCHAR, RAW BINARY, KIND VARCHAR, TAGS VARCHAR, DOC VARIANT, PLACE VARCHAR,
                    _POSITION VARCHAR)""",
                "CREATE TABLE BAG (V NUMBER(38,0))");
    }

    @AfterAll
    static void end() throws Exception {
        snowflake.close();
        mysql.close();
    }

    private static void write(String set) throws Exception {
        snowflake.execute(
                "DELETE FROM \"T 1\"",
                """
                INSERT INTO "T 1" SELECT 1, 18446744073709551615, 1.50, '-1.500000000000000000000000000000', 0.1, 0, TRUE,
                    TO_BINARY('0201'), 0, TO_DATE('1000-01-01'), TO_TIMESTAMP_NTZ('1582-10-10 00:00:00.000001'),
                    TO_TIMESTAMP_TZ('2024-03-10 02:30:00.12Z'), '-838:59:59.00', 'Zoë ', TO_BINARY('00FF'), 'b,c', 'x,z',
                    PARSE_JSON('{"b":[null,"é"],"a":1}'), 'SRID=0;POINT(1 2)', 'p'""",
                "INSERT INTO \"T 1\" (ID) VALUES (2)",
                set);
    }

    private static Comparison compare() throws Exception {
        try (Connection source = mysql.connection();
                Connection target = snowflake.connection()) {
            Catalog catalog = Catalog.read(source, List.of("c"));
            return Comparison.of(
                    source,
                    target,
                    List.of(new Mirrored(catalog.find("c", "t 1").orElseThrow(), TARGET)));
        }
    }

    @Test
    void whatIsMappedAsDocumentedIsEqual() throws Exception {
        write("SELECT 1");

        assertThat(compare().differences()).isEmpty();
        assertThat(compare().rows()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    big     | 18446744073709551614
                    amount  | 1.51
                    huge    | '-1.5'
                    f       | 0.2
                    d       | 5e-324
                    flag    | FALSE
                    bits    | TO_BINARY('0200')
                    y       | 2000
                    day     | TO_DATE('1000-01-02')
                    moment  | TO_TIMESTAMP_NTZ('1582-10-10 00:00:00')
                    moment  | TO_TIMESTAMP_NTZ('1582-10-20 00:00:00.000001')
                    instant | TO_TIMESTAMP_TZ('2024-03-10 02:30:00.121Z')
                    span    | '-838:59:59'
                    name    | 'Zoë'
                    raw     | TO_BINARY('00FF00')
                    kind    | 'b'
                    tags    | 'x'
                    doc     | PARSE_JSON('{"b":[null,"e"],"a":1}')
                    place   | 'SRID=4326;POINT(1 2)'
                    place   | NULL
                    """)
    void oneOtherValueIsNamed(String column, String value) throws Exception {
        write("UPDATE \"T 1\" SET " + column + " = " + value + " WHERE ID = 1");

        assertThat(compare().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Difference.Kind.VALUE);
            assertThat(difference.column()).isEqualTo(column);
            assertThat(difference.key()).isEqualTo("[1]");
            assertThat(difference.source()).isNotEqualTo(difference.target());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    DELETE FROM "T 1" WHERE ID = 2                               | LOST
                    INSERT INTO "T 1" (ID) VALUES (3)                            | LEFT_OVER
                    INSERT INTO "T 1" (ID) VALUES (2)                            | LEFT_OVER
                    UPDATE "T 1" SET MOMENT = CURRENT_TIMESTAMP() WHERE ID = 2   | VALUE
                    """)
    void rowsThatOneSideLacksAreNamed(String change, Difference.Kind kind) throws Exception {
        write(change);

        assertThat(compare().differences()).extracting(Difference::kind).containsExactly(kind);
    }

    @Test
    void columnsAndTablesThatAreNotThereAreNamed() throws Exception {
        try (Connection source = mysql.connection();
                Connection target = snowflake.connection()) {
            Table bag = Catalog.read(source, List.of("c")).find("c", "bag").orElseThrow();

            assertThat(Comparison.of(source, target, List.of(new Mirrored(bag, "CDC_DESTINATION.PUBLIC.NOWHERE")))
                            .differences())
                    .extracting(Difference::kind)
                    .containsExactly(Difference.Kind.NO_TABLE);
            assertThat(Comparison.of(source, target, List.of(new Mirrored(bag, TARGET)))
                            .differences())
                    .extracting(Difference::kind)
                    .containsExactly(Difference.Kind.NO_TABLE);
        }
    }

    @Test
    void rowsWithoutKeyAreCounted() throws Exception {
        try (Connection source = mysql.connection();
                Connection target = snowflake.connection()) {
            Table bag = Catalog.read(source, List.of("c")).find("c", "bag").orElseThrow();
            List<Mirrored> mirrored = List.of(new Mirrored(bag, "CDC_DESTINATION.PUBLIC.BAG"));
            snowflake.execute("DELETE FROM BAG", "INSERT INTO BAG VALUES (2), (1)");

            Comparison lacking = Comparison.of(source, target, mirrored);
            snowflake.execute("INSERT INTO BAG VALUES (1)");
            Comparison equal = Comparison.of(source, target, mirrored);

            assertThat(lacking.lost()).isEqualTo(1);
            assertThat(lacking.differing()).isZero();
            assertThat(equal.isEqual()).isTrue();
        }
    }

    @Test
    void equalRowsMayCountAsOne() throws Exception {
        try (Connection source = mysql.connection();
                Connection target = snowflake.connection()) {
            Table bag = Catalog.read(source, List.of("c")).find("c", "bag").orElseThrow();
            List<Mirrored> mirrored = List.of(new Mirrored(bag, "CDC_DESTINATION.PUBLIC.BAG", true));
            snowflake.execute("DELETE FROM BAG", "INSERT INTO BAG VALUES (2)");

            Comparison lacking = Comparison.of(source, target, mirrored);
            snowflake.execute("INSERT INTO BAG VALUES (1)");
            Comparison equal = Comparison.of(source, target, mirrored);

            assertThat(lacking.lost()).isEqualTo(1);
            assertThat(equal.isEqual()).isTrue();
        }
    }

    @Test
    void theNameOfACopyMayHaveDotsAndQuotes() throws Exception {
        snowflake.execute("CREATE TABLE \"a.\"\"b.c\" (V INT)", "INSERT INTO \"a.\"\"b.c\" VALUES (1), (2), (1)");
        try (Connection source = mysql.connection();
                Connection target = snowflake.connection()) {
            Table bag = Catalog.read(source, List.of("c")).find("c", "bag").orElseThrow();

            assertThat(Comparison.of(source, target, List.of(new Mirrored(bag, "CDC_DESTINATION.PUBLIC.\"a.\"\"b.c\"")))
                            .differences())
                    .isEmpty();
        }
    }

    @Test
    void whatIsMissingInARowWithoutKeyIsNotTheTextNull() throws Exception {
        mysql.execute("CREATE TABLE c.words (w VARCHAR(9))", "INSERT INTO c.words VALUES (NULL), ('null')");
        snowflake.execute("CREATE TABLE WORDS (W VARCHAR)", "INSERT INTO WORDS VALUES ('null'), (NULL)");
        try (Connection source = mysql.connection();
                Connection target = snowflake.connection()) {
            Table words = Catalog.read(source, List.of("c")).find("c", "words").orElseThrow();

            assertThat(Comparison.of(source, target, List.of(new Mirrored(words, "CDC_DESTINATION.PUBLIC.WORDS", true)))
                            .differences())
                    .isEmpty();
        }
    }
}
