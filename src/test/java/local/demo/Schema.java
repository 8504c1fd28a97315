package local.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import local.LocalWorld;
import local.tables.Catalog;
import local.tables.Comparison;
import local.tables.Mirrored;
import local.tables.Table;

/** The schema that the demonstration mirrors: the table that is there from the beginning, and all that come. */
final class Schema {

    /** Its name in MySQL. */
    static final String NAME = "CDC_schema";

    /** All of its tables, whenever they come, as the setting {@code load.tables} takes them. */
    static final String TABLES = NAME + ".*, " + Persons.SOURCE + " -> " + Persons.TARGET;

    private final LocalWorld world;

    Schema(LocalWorld world) {
        this.world = world;
    }

    /** Both sides of all tables that are there now, column by column and value by value. */
    Comparison compare() throws SQLException {
        try (Connection mysql = world.mysql().connection();
                Connection snowflake = world.snowflake().connection()) {
            return Comparison.of(mysql, snowflake, tables(mysql));
        }
    }

    private static List<Mirrored> tables(Connection mysql) throws SQLException {
        return Catalog.read(mysql, List.of(NAME)).tables().stream()
                .map(table -> new Mirrored(table, target(table)))
                .toList();
    }

    private static String target(Table table) {
        return table.toString().equals(Persons.SOURCE)
                ? Persons.TARGET
                : LocalWorld.DATABASE + ".PUBLIC." + table.name().toUpperCase(Locale.ROOT);
    }
}
