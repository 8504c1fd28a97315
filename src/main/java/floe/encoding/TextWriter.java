package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.CharacterSet;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** CHAR, VARCHAR and the TEXTs, as JSON strings. */
final class TextWriter extends CellWriter {

    private static final int LONGEST = Integer.MAX_VALUE / CharacterSet.MOST_PER_BYTE - 64;

    private final CharacterSet charset;
    private final int lengthBytes;
    private final TextBuffer utf8 = new TextBuffer();

    TextWriter(ColumnLayout column) {
        super(column);
        charset = charset(column);
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

    private int write(byte[] text, int from, int count, JsonGenerator json) throws IOException {
        if (charset.isUtf8(text, from, from + count)) {
            json.writeUTF8String(text, from, count);
        } else {
            if (count > LONGEST) {
                throw unreadable("has a text of " + count + " bytes, which is too long for another character set");
            }
            byte[] into = utf8.clear().room(count * CharacterSet.MOST_PER_BYTE);
            utf8.added(charset.toUtf8(text, from, from + count, into, 0));
            utf8.write(json);
        }
        return Hash.of(text, from, count);
    }
}
