package floe.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowLineTest {

    private static final TableId PERSONS = new TableId("CDC_schema", "Persons");
    private static final Position FIRST = new Position(1_795_367_406, 3, 4_711, 9);
    private static final ChangeWriter.Source SOURCE =
            new ChangeWriter.Source("uuid", "uuid:17", 1_795_367_406_199L, false);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theContractToTheByte() throws IOException {
        try (ChangeWriter writer = new ChangeWriter(out)) {
            RowLine line = new RowLine(PERSONS, List.of("PersonID", "City"));
            RowLine.End end = line.end(FIRST, SOURCE);
            long row = 9;
            for (ChangeType type : List.of(ChangeType.WRITE, ChangeType.DELETE, ChangeType.UPDATE)) {
                line.open(type, writer.json());
                image(writer, 1);
                if (type == ChangeType.UPDATE) {
                    line.between(writer.json());
                    image(writer, 2);
                }
                end.write(row++, writer.json());
            }
        }

        String head = "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"";
        String tail = "},\"key\":[\"PersonID\",\"City\"],\"position\":\"1795367406-0000000003-000000004711-";
        String source = "\",\"source\":{\"server\":\"uuid\",\"gtid\":\"uuid:17\",\"ts_ms\":1795367406199,"
                + "\"snapshot\":false}}\n";
        assertThat(out.toString(UTF_8))
                .isEqualTo(head + "WriteRowsEvent\",\"row\":{\"values\":{\"PersonID\":1}" + tail
                        + digits(9) + source
                        + head + "DeleteRowsEvent\",\"row\":{\"values\":{\"PersonID\":1}" + tail
                        + digits(10) + source
                        + head + "UpdateRowsEvent\",\"row\":{\"before_values\":{\"PersonID\":1},"
                        + "\"after_values\":{\"PersonID\":2}" + tail
                        + digits(11) + source);
    }

    @Test
    void aRowWrittenWholeIsTheSame() throws IOException {
        try (ChangeWriter writer = new ChangeWriter(out)) {
            writer.writeRow(
                    PERSONS,
                    ChangeType.UPDATE,
                    json -> json.writeNumberField("PersonID", 1),
                    json -> json.writeNumberField("PersonID", 2),
                    List.of("PersonID"),
                    FIRST,
                    new ChangeWriter.Source("uuid", null, 5, true));
        }

        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"UpdateRowsEvent\","
                        + "\"row\":{\"before_values\":{\"PersonID\":1},\"after_values\":{\"PersonID\":2}},"
                        + "\"key\":[\"PersonID\"],\"position\":\"" + FIRST
                        + "\",\"source\":{\"server\":\"uuid\",\"ts_ms\":5,\"snapshot\":true}}\n");
    }

    @Test
    void theRowsNumberHasTenDigits() throws IOException {
        try (ChangeWriter writer = new ChangeWriter(out)) {
            RowLine line = new RowLine(PERSONS, List.of());
            RowLine.End end = line.end(FIRST, SOURCE);
            for (long row : new long[] {0, 1, 10, 9_999_999_999L}) {
                out.reset();
                line.open(ChangeType.WRITE, writer.json());
                image(writer, 1);
                end.write(row, writer.json());

                assertThat(new JsonMapper()
                                .readTree(out.toByteArray())
                                .get("position")
                                .asText())
                        .isEqualTo(new Position(1_795_367_406, 3, 4_711, row).toString());
            }
        }
    }

    /** Names come from MySQL, which takes nearly every character in them. */
    @Test
    void anyNameIsReadBackAsItIs() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            TableId table = new TableId(name(random), name(random));
            String key = name(random);
            out.reset();
            try (ChangeWriter writer = new ChangeWriter(out)) {
                RowLine line = new RowLine(table, List.of(key));
                line.open(ChangeType.WRITE, writer.json());
                image(writer, 1);
                line.end(FIRST, SOURCE).write(1, writer.json());
            }

            JsonNode read = new JsonMapper().readTree(out.toByteArray());

            assertThat(read.get("schema").asText()).isEqualTo(table.schema());
            assertThat(read.get("table").asText()).isEqualTo(table.table());
            assertThat(read.get("key").get(0).asText()).isEqualTo(key);
            assertThat(out.toString(UTF_8)).endsWith("\n").containsOnlyOnce("\n");
        }
    }

    private static String name(Random random) {
        return random.ints(1 + random.nextInt(12), 0, 6)
                .map(kind -> switch (kind) {
                    case 0 -> random.nextInt(0x20);
                    case 1 -> "\"\\/`'".charAt(random.nextInt(5));
                    case 2 -> 0x80 + random.nextInt(0xd000);
                    case 3 -> 0x1f600 + random.nextInt(0x40);
                    default -> 'a' + random.nextInt(26);
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String digits(int row) {
        return String.format("%010d", row);
    }

    private static void image(ChangeWriter writer, int id) throws IOException {
        writer.json().writeStartObject();
        writer.json().writeNumberField("PersonID", id);
        writer.json().writeEndObject();
    }
}
