package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** BIT(1), as a JSON boolean. */
final class BooleanWriter extends CellWriter {

    BooleanWriter(ColumnLayout column) {
        super(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        return write(cells.u1(), json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        if (text.length != 1) {
            throw unreadable("has " + text.length + " bytes where one bit was expected");
        }
        return write(text[0], json);
    }

    private static int write(int bit, JsonGenerator json) throws IOException {
        json.writeBoolean(bit != 0);
        return Hash.of(bit == 0 ? 0 : 1);
    }
}
