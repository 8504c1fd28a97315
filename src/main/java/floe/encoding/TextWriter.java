package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** CHAR, VARCHAR and the TEXTs, as JSON strings. */
final class TextWriter extends CellWriter {

    private final int lengthBytes;

    TextWriter(ColumnLayout column) {
        super(column);
        lengthBytes = lengthBytes(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        int count = length(cells, lengthBytes);
        return write(cells.bytes(), cells.skip(count), count, json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        return write(text, 0, text.length, json);
    }

    private int write(byte[] bytes, int from, int count, JsonGenerator json) throws IOException {
        json.writeUTF8String(bytes, from, count);
        return Hash.of(bytes, from, count);
    }
}
