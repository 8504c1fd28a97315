package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import java.io.IOException;

/** YEAR, as a JSON number; the year 0000 is 0. */
final class YearWriter extends CellWriter {

    private static final int BASE = 1900;

    YearWriter(ColumnLayout column) {
        super(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        int year = cells.u1();
        return write(year == 0 ? 0 : BASE + year, json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        return write(whole(text), json);
    }

    private static int write(long year, JsonGenerator json) throws IOException {
        json.writeNumber(year);
        return Hash.of(year);
    }
}
