package local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ChangeLinesTest {

    @Test
    void linesThatCaptureWritesAreCounted() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        StagedEvents.PLAIN.write(lines, 0, 1_000);

        assertThat(ChangeLines.count(lines.toByteArray(), 0, lines.size())).isEqualTo(1_000);
    }

    @Test
    void linesThatAreNoChangesOfRowsAreNotCounted() {
        String lines =
                """
                {"schema":"CDC_schema","table":"Persons","type":"SnapshotEvent","position":"1"}
                {"schema":"CDC_schema","table":"Persons","type":"QueryEvent","position":"2"}

                {"schema":"CDC_schema","table":"Persons","type":"TruncateEvent","position":"3"}
                {}
                {"schema":"CDC_schema","table":"Persons","type":"DeleteRowsEvent","position":"4"}
                """;
        byte[] data = lines.getBytes(StandardCharsets.UTF_8);

        assertThat(ChangeLines.count(data, 0, data.length)).isEqualTo(1);
    }

    /** Any bytes around the part, any text in the lines, newlines at any distance. */
    @RepeatedTest(200)
    void countIsThatOfOneByteAtATime(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String[] types = {"WriteRowsEvent", "UpdateRowsEvent", "DeleteRowsEvent", "QueryEvent", "HeartbeatEvent"};
        StringBuilder part = new StringBuilder();
        int changes = 0;
        for (int i = random.nextInt(20); i > 0; i--) {
            int type = random.nextInt(types.length);
            changes += type < 3 ? 1 : 0;
            part.append("{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"")
                    .append(types[type])
                    .append("\",\"x\":\"")
                    .append(random.ints(random.nextInt(30), 0x0b, 0x250)
                            .mapToObj(Character::toString)
                            .reduce("", String::concat))
                    .append("\"}\n");
        }
        int before = random.nextInt(17);
        byte[] middle = part.toString().getBytes(StandardCharsets.UTF_8);
        byte[] data = "\n".repeat(before + middle.length + 9).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(middle, 0, data, before, middle.length);

        assertThat(ChangeLines.count(data, before, middle.length)).isEqualTo(changes);
    }
}
