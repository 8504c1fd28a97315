package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "--since=yesterday | 'yesterday' is not a time such as",
                "--until=2026-13-01 | '2026-13-01' is not a time such as",
                "--table=Persons | 'Persons' is not a table name of the form schema.table",
                "--tables=a.b | Unknown option",
            })
    void aWrongOptionIsToldBeforeAnythingIsRead(String option, String message) {
        StringWriter told = new StringWriter();
        var command = new CommandLine(new ReplayCommand(() -> {
            throw new AssertionError("started");
        }));

        int exit = command.setErr(new PrintWriter(told)).execute(option);

        assertThat(exit).isEqualTo(2);
        assertThat(told.toString()).contains(message);
    }
}
