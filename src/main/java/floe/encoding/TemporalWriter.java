package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import java.io.IOException;

/**
 * DATE, TIME, DATETIME and TIMESTAMP, as MySQL prints them, dates that no calendar has included: {@code YYYY-MM-DD},
 * {@code [-]HH:MM:SS[.f]} with up to three digits of hours, {@code YYYY-MM-DD HH:MM:SS[.f]}, and of a TIMESTAMP the same
 * in UTC with {@code Z} behind it. The fraction has as many digits as the column.
 */
final class TemporalWriter extends CellWriter {

    private final MySqlType type;
    private final int fraction;
    private final boolean utc;
    private final TextBuffer text = new TextBuffer();

    TemporalWriter(ColumnLayout column) {
        super(column);
        type = column.type();
        fraction = column.scale();
        utc = type == MySqlType.TIMESTAMP || type == MySqlType.OLD_TIMESTAMP;
        if (fraction < 0 || fraction > 6) {
            throw unreadable("has " + fraction + " digits of a second, and MySQL has 6 at most");
        }
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        text.clear();
        switch (type) {
            case DATE -> Temporals.date(cells.u3(), text);
            case TIME -> Temporals.time(cells, fraction, text);
            case DATETIME -> Temporals.dateTime(cells, fraction, text);
            case TIMESTAMP -> Temporals.timestamp(cells, fraction, text);
            case OLD_TIME -> Temporals.oldTime(cells, text);
            case OLD_DATETIME -> Temporals.oldDateTime(cells.s8(), text);
            default -> Temporals.instant(cells.u4(), text);
        }
        return write(json);
    }

    @Override
    public int text(byte[] temporal, JsonGenerator json) throws IOException {
        for (byte ascii : temporal) {
            if ((ascii < '0' || ascii > ':') && ascii != '-' && ascii != '.' && ascii != ' ') {
                throw unreadable("has something else where a date or time was expected");
            }
        }
        text.clear().add(temporal, 0, temporal.length);
        return write(json);
    }

    private int write(JsonGenerator json) throws IOException {
        if (utc) {
            text.add('Z');
        }
        return text.writePlain(json);
    }
}
