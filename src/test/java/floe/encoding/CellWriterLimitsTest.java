package floe.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.UnreadableEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What no server of today writes: cells of tables from MySQL 5.5, and cells that are not what their description says. */
class CellWriterLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "OLD_TIME, 40e201, 12:34:56",
        "OLD_TIME, c01dfe, -12:34:56",
        "OLD_TIME, a7f57f, 838:59:59",
        "OLD_TIME, 000000, 00:00:00",
        "OLD_DATETIME, 9b8fc78b68120000, 2024-02-31 01:02:03",
        "OLD_DATETIME, 0000000000000000, 0000-00-00 00:00:00",
        "OLD_DATETIME, 7787d105f15a0000, 9999-12-31 23:59:59",
        "OLD_TIMESTAMP, 00000000, 0000-00-00 00:00:00Z",
        "OLD_TIMESTAMP, 01000000, 1970-01-01 00:00:01Z",
        "OLD_TIMESTAMP, ffffff7f, 2038-01-19 03:14:07Z"
    })
    void timesOfOldTablesHaveTheTextOfNewOnes(MySqlType type, String cell, String text) throws IOException {
        assertThat(binary(ColumnLayout.of("c", type), HexFormat.of().parseHex(cell)))
                .isEqualTo('"' + text + '"');
        assertThat(text(ColumnLayout.of("c", type), text.replace("Z", ""))).isEqualTo('"' + text + '"');
    }

    @Test
    void aMemberThatIsNotInTheListIsUnreadable() {
        ColumnLayout size = members(MySqlType.ENUM, "small", "large");
        ColumnLayout tags = members(MySqlType.SET, "a", "b");

        assertThatThrownBy(() -> binary(size, new byte[] {3}))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("the column c has a member that is not in its list of 2");
        assertThatThrownBy(() -> binary(tags, new byte[] {4}))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("the column c has a member that is not in its list of 2");
    }

    @Test
    void aCharacterSetThatIsNotKnownIsNamedBeforeAnyRow() {
        ColumnLayout column = new ColumnLayout("note", MySqlType.VARCHAR, false, 80, 0, "klingon", List.of());

        assertThatThrownBy(() -> CellWriter.of(column))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("the column note has the character set klingon, which is not known");
    }

    /** Whatever the bytes are, a writer gives valid JSON or says that it cannot read them. */
    @ParameterizedTest
    @EnumSource(MySqlType.class)
    void anyBytesGiveJsonOrTheReason(MySqlType type) throws IOException {
        Random random = new Random(type.name().hashCode());
        ColumnLayout column =
                switch (type) {
                    case DECIMAL -> new ColumnLayout("c", type, false, 20, 7, null, List.of());
                    case CHAR, VARCHAR, TEXT -> new ColumnLayout("c", type, false, 1, 0, "gbk", List.of());
                    case ENUM, SET -> members(type, "a", "b");
                    default -> new ColumnLayout("c", type, true, 1, 3, null, List.of());
                };
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 6) {
                bytes[0] = (byte) (bytes.length - 1);
                if (type == MySqlType.JSON) {
                    bytes[1] = (byte) random.nextInt(16);
                    bytes[2] = (byte) random.nextInt(4);
                    bytes[3] = 0;
                } else if (type == MySqlType.GEOMETRY) {
                    System.arraycopy(
                            new byte[] {0, 0, 0, 0, 1, (byte) (1 + random.nextInt(7)), 0, 0, 0, 1, 0, 0, 0},
                            0,
                            bytes,
                            1,
                            Math.min(13, bytes.length - 1));
                }
            }
            try {
                assertThat(binary(column, bytes)).isNotEmpty();
            } catch (UnreadableEvent e) {
                assertThat(e.getMessage()).doesNotContain("null").doesNotContain("Exception");
            }
            try {
                assertThat(text(column, new String(bytes, US_ASCII))).isNotEmpty();
            } catch (UnreadableEvent e) {
                assertThat(e.getMessage()).contains("the column c ");
            }
        }
    }

    private static ColumnLayout members(MySqlType type, String... members) {
        return new ColumnLayout("c", type, false, 1, 0, "utf8mb4", List.of(members));
    }

    private static String binary(ColumnLayout column, byte[] cell) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            CellWriter.of(column).binary(new Cells(cell, 0, cell.length), json);
        }
        return out.toString(UTF_8);
    }

    private static String text(ColumnLayout column, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            CellWriter.of(column).text(text.getBytes(UTF_8), json);
        }
        return out.toString(UTF_8);
    }
}
