package floe.change;

/** A MySQL table by its schema and name, both as MySQL spells them. */
public record TableId(String schema, String table) {

    /**
     * Reads {@code schema.table}.
     *
     * @throws IllegalArgumentException if there is not exactly one dot with text on both sides
     */
    public static TableId parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || dot != text.lastIndexOf('.') || dot == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not a table name of the form schema.table");
        }
        return new TableId(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
