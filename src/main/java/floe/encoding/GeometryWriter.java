package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.UnreadableEvent;
import java.io.IOException;

/** GEOMETRY and its kinds, as {@code SRID=4326;POINT(52.5 13.4)}: the text of ST_AsText, with its axes in their order. */
final class GeometryWriter extends CellWriter {

    private final int lengthBytes;
    private final GeometryText geometry = new GeometryText();

    GeometryWriter(ColumnLayout column) {
        super(column);
        lengthBytes = lengthBytes(column);
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        int count = length(cells, lengthBytes);
        int from = cells.skip(count);
        return geometry(new Cells(cells.bytes(), from, from + count)).writePlain(json);
    }

    /** MySQL sends the same bytes. */
    @Override
    public int text(byte[] bytes, JsonGenerator json) throws IOException {
        return geometry(new Cells(bytes, 0, bytes.length)).writePlain(json);
    }

    private TextBuffer geometry(Cells bytes) {
        try {
            return geometry.of(bytes);
        } catch (UnreadableEvent e) {
            throw unreadable("has a geometry that is not in MySQL's binary form of geometries");
        }
    }
}
