package floe.change;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The line of a change of a row, but for its cells: made once for a table, and most of it once for an event of the binlog,
 * as the rows of an event differ in their cells and their number only.
 */
public final class RowLine {

    private static final int ROW_DIGITS = 10;

    private final SerializableString opensWrite;
    private final SerializableString opensDelete;
    private final SerializableString opensUpdate;
    private final SerializableString between = new SerializedString(",\"after_values\":");
    private final String key;

    /** @param key the names of the key's columns in its order */
    public RowLine(TableId table, List<String> key) {
        String begin = "{\"schema\":" + quoted(table.schema()) + ",\"table\":" + quoted(table.table()) + ",\"type\":\"";
        opensWrite = new SerializedString(begin + ChangeType.WRITE.eventName() + "\",\"row\":{\"values\":");
        opensDelete = new SerializedString(begin + ChangeType.DELETE.eventName() + "\",\"row\":{\"values\":");
        opensUpdate = new SerializedString(begin + ChangeType.UPDATE.eventName() + "\",\"row\":{\"before_values\":");
        this.key = key.stream().map(RowLine::quoted).collect(Collectors.joining(","));
    }

    /** What the lines of the rows of one event end with. */
    public final class End {

        private final SerializableString beforeRow;
        private final SerializableString afterRow;
        private final char[] digits = new char[ROW_DIGITS];

        private End(Position first, ChangeWriter.Source source) {
            String position = first.toString();
            beforeRow = new SerializedString(
                    "},\"key\":[" + key + "],\"position\":\"" + position.substring(0, position.length() - ROW_DIGITS));
            afterRow = new SerializedString("\",\"source\":{\"server\":" + quoted(source.server())
                    + (source.gtid() == null ? "" : ",\"gtid\":" + quoted(source.gtid()))
                    + ",\"ts_ms\":" + source.millis() + ",\"snapshot\":" + source.snapshot() + "}}\n");
        }

        /**
         * Ends the line of a row, and has the stream take all of it.
         *
         * @param row its number in the event
         */
        public void write(long row, JsonGenerator json) throws IOException {
            long left = row;
            for (int i = ROW_DIGITS - 1; i >= 0; i--) {
                digits[i] = (char) ('0' + left % 10);
                left /= 10;
            }
            json.writeRaw(beforeRow);
            json.writeRaw(digits, 0, ROW_DIGITS);
            json.writeRaw(afterRow);
            json.flush();
        }
    }

    /**
     * The end of the rows of one event.
     *
     * @param first the position of its first row; the others have another row in it
     */
    public End end(Position first, ChangeWriter.Source source) {
        return new End(first, source);
    }

    /** Begins the line of a row up to its first image: after this comes one object of cells, or two for an update. */
    public void open(ChangeType type, JsonGenerator json) throws IOException {
        json.writeRaw(
                switch (type) {
                    case WRITE -> opensWrite;
                    case DELETE -> opensDelete;
                    default -> opensUpdate;
                });
    }

    /** Stands between the two images of an update. */
    public void between(JsonGenerator json) throws IOException {
        json.writeRaw(between);
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
