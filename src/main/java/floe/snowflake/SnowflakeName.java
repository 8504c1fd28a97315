package floe.snowflake;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The full name of a table or procedure in Snowflake, always in upper case.
 *
 * <p>Floe folds names to upper case and then quotes them, so that SQL written without quotes finds them too.
 */
public record SnowflakeName(String database, String schema, String name) {

    private static final Pattern DOT = Pattern.compile("\\.");

    public SnowflakeName {
        database = fold(database);
        schema = fold(schema);
        name = fold(name);
    }

    /**
     * Reads {@code DATABASE.SCHEMA.NAME}.
     *
     * @throws IllegalArgumentException if there are not exactly three parts
     */
    public static SnowflakeName parse(String text) {
        String[] parts = DOT.split(text, -1);
        if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a Snowflake name of the form DATABASE.SCHEMA.TABLE");
        }
        return new SnowflakeName(parts[0].strip(), parts[1].strip(), parts[2].strip());
    }

    /** How a MySQL name is spelled in Snowflake: in upper case, whatever the locale. */
    public static String fold(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** Another object of the same schema. */
    public SnowflakeName beside(String otherName) {
        return new SnowflakeName(database, schema, otherName);
    }

    /** The procedure that applies changes to this table. */
    public SnowflakeName applyProcedure() {
        return beside("APPLY_" + name);
    }

    /** The procedure that forgets old deletes of this table. */
    public SnowflakeName purgeProcedure() {
        return beside("PURGE_" + name);
    }

    /** The table that remembers the deleted keys of this table. */
    public SnowflakeName tombstones() {
        return beside(name + "_TOMBSTONES");
    }

    /** The table of one line that holds the floor, the horizon and the lock of this table. */
    public SnowflakeName state() {
        return beside(name + "_FLOE");
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
    public String toString() {
        return database + "." + schema + "." + name;
    }
}
