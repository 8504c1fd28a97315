package floe.encoding;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import java.io.IOException;
import java.util.Arrays;

/** BINARY, VARBINARY, the BLOBs and BIT of several bits, in base64; of BIT the highest byte is first. */
final class BytesWriter extends CellWriter {

    /** Of BIT, whose cells are all of one length; otherwise 0. */
    private final int fixed;

    private final int lengthBytes;

    /** BINARY is padded with zeros to this length, which the binlog leaves out; other types are not padded. */
    private final int padded;

    BytesWriter(ColumnLayout column) {
        super(column);
        boolean bits = column.type() == MySqlType.BIT;
        fixed = bits ? (column.size() + 7) / 8 : 0;
        lengthBytes = bits ? 0 : lengthBytes(column);
        padded = column.type() == MySqlType.BINARY ? column.size() : 0;
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        int count = fixed > 0 ? fixed : length(cells, lengthBytes);
        int from = cells.skip(count);
        if (count < padded) {
            return write(Arrays.copyOf(Arrays.copyOfRange(cells.bytes(), from, from + count), padded), 0, padded, json);
        }
        return write(cells.bytes(), from, count, json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        byte[] bytes = text.length < padded ? Arrays.copyOf(text, padded) : text;
        return write(bytes, 0, bytes.length, json);
    }

    private static int write(byte[] bytes, int from, int count, JsonGenerator json) throws IOException {
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, from, count);
        return Hash.of(bytes, from, count);
    }
}
