package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** DECIMAL, as a JSON string with all digits of the fraction and without padding before the number. */
final class DecimalWriter extends CellWriter {

    private final int precision;
    private final int scale;
    private final TextBuffer text = new TextBuffer();

    DecimalWriter(ColumnLayout column) {
        super(column);
        precision = column.size();
        scale = column.scale();
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        Decimals.add(cells, precision, scale, text.clear());
        return text.writePlain(json);
    }

    /** ZEROFILL pads with zeros, which are no digits of the number. */
    @Override
    public int text(byte[] decimal, JsonGenerator json) throws IOException {
        int from = 0;
        while (from < decimal.length - 1 && decimal[from] == '0' && decimal[from + 1] != '.') {
            from++;
        }
        return text.clear().add(decimal, from, decimal.length - from).write(json);
    }
}
