package local.snowflake.sql;

/** The full name of a table or a procedure. H2 knows one database, so a schema there is named DATABASE.SCHEMA. */
public record ObjectName(String database, String schema, String name) {

    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A string literal of H2. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    public static String h2Schema(String database, String schema) {
        return database + "." + schema;
    }

    public String h2Schema() {
        return h2Schema(database, schema);
    }

    public String h2() {
        return quote(h2Schema()) + "." + quote(name);
    }

    @Override
    public String toString() {
        return database + "." + schema + "." + name;
    }
}
