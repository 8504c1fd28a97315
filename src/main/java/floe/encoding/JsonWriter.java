package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.UnreadableEvent;
import java.io.IOException;

/** JSON, as a JSON string that has the text which MySQL prints. */
final class JsonWriter extends CellWriter {

    private final int lengthBytes;
    private final JsonText document = new JsonText();

    JsonWriter(ColumnLayout column) {
        super(column);
        lengthBytes = lengthBytes(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        int count = length(cells, lengthBytes);
        int from = cells.skip(count);
        return document(cells.bytes(), from, from + count).write(json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        json.writeUTF8String(text, 0, text.length);
        return Hash.of(text, 0, text.length);
    }

    private TextBuffer document(byte[] bytes, int from, int end) {
        try {
            return document.of(bytes, from, end);
        } catch (UnreadableEvent e) {
            throw unreadable("has a document that is not in MySQL's binary form of JSON");
        }
    }
}
