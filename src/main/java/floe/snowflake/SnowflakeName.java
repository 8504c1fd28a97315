package floe.snowflake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The full name of a table or procedure in Snowflake.
 *
 * <p>Floe always quotes it. Where nobody wanted anything else it is in upper case, so that SQL written without quotes finds it too.
 */
public final class SnowflakeName {

    /** One part of a name as people write it: in double quotes, where two stand for one, or without any, nor a dot. */
    private static final Pattern PART =
            Pattern.compile("\\G\\s*(?:\"((?:[^\"]|\"\")+)\"|([^.\"]*[^.\"\\s]))\\s*(\\.|$)");

    private final String database;
    private final String schema;
    private final String name;

    private SnowflakeName(List<String> parts) {
        database = parts.get(0);
        schema = parts.get(1);
        name = parts.get(2);
    }

    /** What SQL without quotes would mean: all in upper case. */
    public SnowflakeName(String database, String schema, String name) {
        this(List.of(fold(database), fold(schema), fold(name)));
    }

    /** In this very spelling. */
    static SnowflakeName exactly(String database, String schema, String name) {
        return new SnowflakeName(List.of(database, schema, name));
    }

    /**
     * Reads {@code DATABASE.SCHEMA.NAME}, as SQL does: what is not in double quotes is in upper case.
     *
     * @throws IllegalArgumentException if there are not exactly three parts
     */
    public static SnowflakeName parse(String text) {
        List<String> parts = parts(text).stream()
                .map(part -> part.quoted() ? part.text() : fold(part.text()))
                .toList();
        if (parts.size() != 3) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a Snowflake name of the form DATABASE.SCHEMA.TABLE");
        }
        return new SnowflakeName(parts);
    }

    /** One part of a name, without the quotes around it. */
    record Part(String text, boolean quoted) {}

    /** The parts of a name between its dots; none if it is no name. */
    static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher next = PART.matcher(text);
        int end = 0;
        boolean more = true;
        while (more && next.find()) {
            boolean quoted = next.group(1) != null;
            parts.add(new Part(quoted ? next.group(1).replace("\"\"", "\"") : next.group(2), quoted));
            end = next.end();
            more = next.group(3).equals(".");
        }
        return more || end < text.length() ? List.of() : parts;
    }

    /** How a MySQL name is spelled in Snowflake: in upper case, whatever the locale. */
    public static String fold(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    public String database() {
        return database;
    }

    public String schema() {
        return schema;
    }

    public String name() {
        return name;
    }

    /** Another object of the same schema. */
    public SnowflakeName beside(String otherName) {
        return exactly(database, schema, otherName);
    }

    /** The procedure that applies changes to this table. */
    public SnowflakeName applyProcedure() {
        return beside("APPLY_" + name);
    }

    /** The table that lists the mirrored tables of the schema. */
    public SnowflakeName floeTables() {
        return beside("FLOE_TABLES");
    }

    /** The procedure that makes the tables of the schema follow their sources. */
    public SnowflakeName evolveProcedure() {
        return beside("FLOE_EVOLVE");
    }

    /** As SQL writes it: each part in double quotes. */
    public String quoted() {
        return Quote.name(database) + "." + Quote.name(schema) + "." + Quote.name(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SnowflakeName that
                && database.equals(that.database)
                && schema.equals(that.schema)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(database, schema, name);
    }

    @Override
    public String toString() {
        return database + "." + schema + "." + name;
    }
}
