package floe.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** FLOAT, as the JSON number with the fewest digits that gives the same FLOAT. */
final class FloatWriter extends CellWriter {

    FloatWriter(ColumnLayout column) {
        super(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        return write(Float.intBitsToFloat(cells.s4()), json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        try {
            return write((float) Double.parseDouble(new String(text, ISO_8859_1)), json);
        } catch (NumberFormatException e) {
            throw unreadable("has something else where a FLOAT was expected");
        }
    }

    private static int write(float number, JsonGenerator json) throws IOException {
        json.writeNumber(FloatToDecimal.toString(number));
        return Hash.of(number);
    }
}
