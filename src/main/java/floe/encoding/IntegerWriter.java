package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** Integers of 1 to 8 bytes, as JSON numbers. */
final class IntegerWriter extends CellWriter {

    private final boolean unsigned;
    private final int bytes;
    private final int shift;

    IntegerWriter(ColumnLayout column, int bytes) {
        super(column);
        this.bytes = bytes;
        this.unsigned = column.unsigned();
        this.shift = Long.SIZE - bytes * Byte.SIZE;
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        long raw =
                switch (bytes) {
                    case 1 -> cells.u1();
                    case 2 -> cells.u2();
                    case 3 -> cells.u3();
                    case 4 -> cells.s4();
                    default -> cells.s8();
                };
        return write(unsigned ? raw << shift >>> shift : raw << shift >> shift, json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        return write(whole(text), json);
    }

    private int write(long number, JsonGenerator json) throws IOException {
        if (number < 0 && unsigned) {
            json.writeNumber(Long.toUnsignedString(number));
        } else {
            json.writeNumber(number);
        }
        return Hash.of(number);
    }
}
