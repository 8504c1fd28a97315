package floe.encoding;

import floe.binlog.Cells;
import floe.binlog.UnreadableEvent;

/**
 * The text of geometries from MySQL's bytes: the number of the spatial reference system, then well-known binary.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/gis-data-formats.html">Supported Spatial Data Formats</a>
 */
final class GeometryText {

    private static final int POINT = 1;
    private static final int LINE_STRING = 2;
    private static final int POLYGON = 3;
    private static final int MULTI_POINT = 4;
    private static final int MULTI_LINE_STRING = 5;
    private static final int MULTI_POLYGON = 6;
    private static final int COLLECTION = 7;
    private static final String[] NAMES = {
        "", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"
    };
    private static final int LOWEST_BYTE_FIRST = 1;

    /** Corrupt bytes must not lead into endless depth. */
    private static final int DEEPEST = 1000;

    private final TextBuffer text = new TextBuffer();
    private final MySqlDouble doubles = new MySqlDouble();
    private boolean latitudeFirst;

    /**
     * The text of the geometry, for use until the next call.
     *
     * @throws UnreadableEvent if it is none
     */
    TextBuffer of(Cells cells) {
        long srid = cells.u4();
        latitudeFirst = LatitudeFirst.has(srid);
        text.clear().add("SRID=").number(srid).add(';');
        geometry(cells, type(cells), 0);
        return text;
    }

    private static int type(Cells cells) {
        int order = cells.u1();
        long type = cells.u4();
        if (order != LOWEST_BYTE_FIRST || type < POINT || type > COLLECTION) {
            throw new UnreadableEvent("a geometry is of a kind that is not known");
        }
        return (int) type;
    }

    private void geometry(Cells cells, int type, int depth) {
        if (depth > DEEPEST) {
            throw new UnreadableEvent("a geometry is deeper than any can be");
        }
        text.add(NAMES[type]);
        if (type == COLLECTION && isEmpty(cells)) {
            cells.skip(4);
            text.add(" EMPTY");
            return;
        }
        body(cells, type, depth);
    }

    private static boolean isEmpty(Cells cells) {
        return new Cells(cells.bytes(), cells.at(), cells.at() + cells.left()).u4() == 0;
    }

    private void body(Cells cells, int type, int depth) {
        text.add('(');
        if (type == POINT) {
            point(cells);
        } else {
            long count = cells.u4();
            for (long i = 0; i < count; i++) {
                if (i > 0) {
                    text.add(',');
                }
                part(cells, type, depth);
            }
        }
        text.add(')');
    }

    private void part(Cells cells, int type, int depth) {
        switch (type) {
            case LINE_STRING -> point(cells);
            case POLYGON -> body(cells, LINE_STRING, depth);
            case MULTI_POINT, MULTI_LINE_STRING, MULTI_POLYGON -> body(cells, type(cells), depth);
            default -> geometry(cells, type(cells), depth + 1);
        }
    }

    private void point(Cells cells) {
        double x = Double.longBitsToDouble(cells.s8());
        double y = Double.longBitsToDouble(cells.s8());
        doubles.add(latitudeFirst ? y : x, false, text);
        text.add(' ');
        doubles.add(latitudeFirst ? x : y, false, text);
    }
}
