package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.RowChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every MySQL type in its one encoding, whether a snapshot or the binlog brought the row. */
class CapturedValuesTest {

    private static final String TABLE =
            """
            CREATE TABLE shop.everything (
                id INT PRIMARY KEY,
                tiny TINYINT, flag TINYINT(1), tiny_u TINYINT UNSIGNED, small_u SMALLINT UNSIGNED,
                medium_u MEDIUMINT UNSIGNED, int_u INT UNSIGNED, big BIGINT, big_u BIGINT UNSIGNED,
                amount DECIMAL(20,4), huge DECIMAL(65,30), single_p FLOAT, double_p DOUBLE,
                bit_1 BIT(1), bit_10 BIT(10),
                name VARCHAR(255), latin VARCHAR(20) CHARACTER SET latin1, fixed CHAR(5), body MEDIUMTEXT,
                raw VARBINARY(10), padded BINARY(4), data BLOB,
                day DATE, moment DATETIME, moment_6 DATETIME(6), stamp TIMESTAMP(3) NULL, span TIME, span_6 TIME(6),
                since YEAR, size ENUM('small','large'), tags SET('a','b','c'), doc JSON, place POINT,
                zero_day DATE NOT NULL, zero_moment DATETIME NOT NULL)
            """;

    private static final String ROW =
            """
            , -128, 2, 255, 65535, 16777215, 4294967295, -9223372036854775808, 18446744073709551615,
            '1234567890123456.7890', '12345678901234567890123456789012345.000000000000000000000000000001',
            1.2345678, 1.7976931348623157e308, b'1', b'1000000001',
            'O''Brien "quoted"\\nnew\\tline 😀', 'Zoë', 'ab', REPEAT('x', 100),
            x'00ff10', x'0100', x'deadbeef00',
            '2024-02-29', '2024-03-10 02:30:00', '1000-01-01 00:00:00.000001', '2024-03-10 02:30:00.123',
            '-838:59:59', '-00:00:00.000001', 2024, 'large', 'a,c', '{"a": 12345678901234567890, "b": null}',
            ST_GeomFromText('POINT(1 2)'), '0000-00-00', '0000-00-00 00:00:00')
            """;

    @TempDir
    Path state;

    @Test
    void snapshotAndBinlogGiveTheSameExactValues() throws Exception {
        try (CaptureWorld world = new CaptureWorld(state)) {
            world.mysql.execute(
                    "CREATE DATABASE shop",
                    "SET time_zone = '+00:00', sql_mode = ''",
                    TABLE,
                    "INSERT INTO shop.everything VALUES (1" + ROW,
                    "INSERT INTO shop.everything (id) VALUES (2)");
            try (var floe = world.capture("shop.everything")) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(world.rowChanges()).hasSize(2));
                world.mysql.execute(
                        "SET time_zone = '+00:00', sql_mode = ''",
                        "INSERT INTO shop.everything VALUES (3" + ROW,
                        "INSERT INTO shop.everything (id) VALUES (4)");
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(world.rowChanges()).hasSize(4));
            }
            List<RowChange> rows = world.rowChanges();
            assertThat(row(1, rows)).isEqualTo(row(3, rows));
            assertThat(row(2, rows)).isEqualTo(row(4, rows));
            assertThat(row(3, rows)).isEqualTo(JSON.readTree(EXPECTED.replace("XXX", "x".repeat(100))));
            assertThat(row(4, rows).path("name").isNull()).isTrue();
            assertThat(TimeZone.getDefault().getID()).isEqualTo("UTC");
        }
    }

    /** The row without its id; JSON is compared as JSON, since only its white space depends on the way it came. */
    private static JsonNode row(int id, List<RowChange> rows) throws Exception {
        ObjectNode row = rows.stream()
                .map(RowChange::after)
                .filter(image -> image.path("id").asInt() == id)
                .findFirst()
                .orElseThrow()
                .deepCopy();
        if (row.path("doc").isTextual()) {
            row.set("doc", JSON.readTree(row.path("doc").textValue()));
        }
        return row.without("id");
    }

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String EXPECTED =
            """
            {
              "tiny": -128, "flag": 2, "tiny_u": 255, "small_u": 65535,
              "medium_u": 16777215, "int_u": 4294967295, "big": -9223372036854775808, "big_u": 18446744073709551615,
              "amount": "1234567890123456.7890",
              "huge": "12345678901234567890123456789012345.000000000000000000000000000001",
              "single_p": 1.2345678, "double_p": 1.7976931348623157E+308,
              "bit_1": true, "bit_10": "AgE=",
              "name": "O'Brien \\"quoted\\"\\nnew\\tline 😀", "latin": "Zoë", "fixed": "ab", "body": "XXX",
              "raw": "AP8Q", "padded": "AQAAAA==", "data": "3q2+7wA=",
              "day": "2024-02-29", "moment": "2024-03-10 02:30:00", "moment_6": "1000-01-01 00:00:00.000001",
              "stamp": "2024-03-10 02:30:00.123Z", "span": "-838:59:59", "span_6": "-00:00:00.000001",
              "since": 2024, "size": "large", "tags": "a,c",
              "doc": {"a": 12345678901234567890, "b": null}, "place": "SRID=0;POINT(1 2)",
              "zero_day": "0000-00-00", "zero_moment": "0000-00-00 00:00:00"
            }
            """;
}
