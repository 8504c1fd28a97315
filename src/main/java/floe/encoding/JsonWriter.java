package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** JSON. */
final class JsonWriter extends CellWriter {

    JsonWriter(ColumnLayout column) {
        super(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        throw unreadable("cannot be read yet");
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        throw unreadable("cannot be read yet");
    }
}
