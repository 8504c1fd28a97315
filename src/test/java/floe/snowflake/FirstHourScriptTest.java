package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import local.snowflake.SnowflakeServer;
import local.snowflake.sql.Tokens;
import org.junit.jupiter.api.Test;

/** {@code snowflake/first-hour.sql} runs, and on the stand-in all comes as it should on Snowflake. */
class FirstHourScriptTest {

    /** @param came what the line says itself; empty where the next answer is meant */
    private record Line(String tried, String shouldBe, String came) {}

    @Test
    void allComesAsItShould() throws Exception {
        List<Line> lines = new ArrayList<>();
        try (SnowflakeServer server = SnowflakeServer.start();
                Connection connection = server.connection();
                Statement statement = connection.createStatement()) {
            Tokens script = Tokens.of(Files.readString(Path.of("snowflake/first-hour.sql")));
            while (!script.atEnd()) {
                Tokens next = script.statement();
                if (!next.atEnd() && statement.execute(next.text())) {
                    read(statement, lines);
                }
            }
            assertThat(server.query("SHOW TABLES LIKE 'FLOE_FIRST_HOUR'")).isEmpty();
        }

        assertThat(lines)
                .hasSize(7)
                .allSatisfy(line -> assertThat(line.came()).as(line.tried()).isEqualTo(line.shouldBe()));
        assertThat(lines)
                .extracting(line -> line.tried().substring(0, 1))
                .isEqualTo(
                        IntStream.rangeClosed(1, 7).mapToObj(Integer::toString).toList());
    }

    private static void read(Statement statement, List<Line> lines) throws SQLException {
        try (ResultSet answer = statement.getResultSet()) {
            if (!answer.next()) {
                return;
            }
            if (answer.getMetaData().getColumnCount() == 3) {
                lines.add(new Line(answer.getString(1), answer.getString(2), answer.getString(3)));
            } else if (!lines.isEmpty() && lines.get(lines.size() - 1).came().isEmpty()) {
                Line asked = lines.remove(lines.size() - 1);
                lines.add(new Line(asked.tried(), asked.shouldBe(), answer.getString(1)));
            }
        }
    }
}
