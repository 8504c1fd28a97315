package floe.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** DOUBLE, as the JSON number with the fewest digits that gives the same DOUBLE. */
final class DoubleWriter extends CellWriter {

    DoubleWriter(ColumnLayout column) {
        super(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        return write(Double.longBitsToDouble(cells.s8()), json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        try {
            return write(Double.parseDouble(new String(text, ISO_8859_1)), json);
        } catch (NumberFormatException e) {
            throw unreadable("has something else where a DOUBLE was expected");
        }
    }

    private static int write(double number, JsonGenerator json) throws IOException {
        json.writeNumber(DoubleToDecimal.toString(number));
        return Hash.of(number);
    }
}
