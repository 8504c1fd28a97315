package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.CharacterSet;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** CHAR, VARCHAR and the TEXTs, as JSON strings. */
final class TextWriter extends CellWriter {

    private final CharacterSet charset;
    private final int lengthBytes;
    private final TextBuffer utf8 = new TextBuffer();

    TextWriter(ColumnLayout column) {
        super(column);
        charset = CharacterSet.of(String.valueOf(column.charset()))
                .orElseThrow(() -> unreadable("has the character set " + column.charset() + ", which is not known"));
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
            byte[] into = utf8.clear().room(Math.multiplyExact(count, CharacterSet.MOST_PER_BYTE));
            utf8.added(charset.toUtf8(text, from, from + count, into, 0));
            utf8.write(json);
        }
        return Hash.of(text, from, count);
    }
}
