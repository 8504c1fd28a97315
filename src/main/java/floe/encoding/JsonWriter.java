package floe.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    /** MySQL 8.0 leaves newlines in long base64 bare, which JSON does not allow; there are no others. */
    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        byte[] valid = text;
        for (byte character : text) {
            if (character == '\n') {
                valid = new String(text, UTF_8).replace("\n", "\\n").getBytes(UTF_8);
                break;
            }
        }
        json.writeUTF8String(valid, 0, valid.length);
        return Hash.of(valid, 0, valid.length);
    }

    private TextBuffer document(byte[] bytes, int from, int end) {
        try {
            return document.of(bytes, from, end);
        } catch (UnreadableEvent e) {
            throw unreadable("has a document that is not in MySQL's binary form of JSON");
        }
    }
}
