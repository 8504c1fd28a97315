package floe.capture;

/**
 * A column of a {@link TableVersion}, and what its cells are.
 *
 * @param bits how many a cell of {@link Kind#BITS} has; otherwise 0
 */
public record Column(String name, Kind kind, int bits) {

    /** What the cells of a column are, where they are not null. */
    public enum Kind {
        /** A Boolean. */
        BOOLEAN,
        /** A Number that fits into a long. */
        INTEGER,
        /** A BigDecimal without digits after the point. */
        BIG_INTEGER,
        /** A BigDecimal. */
        DECIMAL,
        /** A Float. */
        FLOAT,
        /** A Double. */
        DOUBLE,
        /** A String. */
        TEXT,
        /** A byte array or a ByteBuffer. */
        BYTES,
        /** The same, with the lowest byte first and possibly without its highest bytes where they are zero. */
        BITS,
        /** A {@link Geometry}. */
        GEOMETRY
    }
}
