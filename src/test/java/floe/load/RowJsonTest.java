package floe.load;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.ChangeReader;
import floe.change.Position;
import floe.change.RowChange;
import floe.snowflake.SnowflakeName;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            1                      | 1
            -9007199254740992      | -9007199254740992
            9007199254740993       | "9007199254740993"
            -9223372036854775808   | "-9223372036854775808"
            18446744073709551615   | "18446744073709551615"
            1.25                   | "1.25"
            100.0                  | "100"
            1e300                  | "1E+300"
            2.2250738585072014E-308| "2.2250738585072014E-308"
            true                   | true
            null                   | null
            "O'Neil \\"x\\""       | "O'Neil \\"x\\""
            {"a":[1.5]}            | "{\\"a\\":[1.5]}"
            """)
    void numbersThatADoubleCannotHoldAreText(String value, String written) {
        RowChange change = (RowChange) new ChangeReader()
                .read(
                        "{\"schema\":\"s\",\"table\":\"t\",\"type\":\"WriteRowsEvent\",\"row\":{\"values\":{\"c\":"
                                + value + ",\"other\":1}}}",
                        Position.ofLine(1, 1, 0));

        String json = RowJson.write(new RowJson.Head("p", false, null, null), change.after(), named("C"));

        assertThat(json).isEqualTo("{\"position\":\"p\",\"row\":{\"C\":" + written + "}}");
    }

    @ParameterizedTest
    @CsvSource({"a,1", "é,2", "€,3", "😀,4", "aé€😀,10"})
    void bytesAreCountedAsUtf8(String text, long bytes) {
        assertThat(RowJson.utf8Bytes(text)).isEqualTo(bytes);
    }

    @Test
    void aDeleteSaysSo() {
        RowChange change = (RowChange) new ChangeReader()
                .read(
                        "{\"schema\":\"s\",\"table\":\"t\",\"type\":\"DeleteRowsEvent\",\"row\":{\"values\":{\"id\":1}}}",
                        Position.ofLine(1, 1, 0));

        assertThat(RowJson.write(new RowJson.Head("p", true, "t", "delete"), change.before(), named("ID")))
                .isEqualTo(
                        "{\"position\":\"p\",\"deleted\":true,\"committed\":\"t\",\"operation\":\"delete\",\"row\":{\"ID\":1}}");
    }

    /** The one column that the table has. */
    private static UnaryOperator<String> named(String column) {
        return name -> SnowflakeName.fold(name).equals(column) ? column : null;
    }
}
