package local.soak;

import java.util.Locale;
import java.util.Set;
import local.tables.Column;
import local.tables.Reference;
import local.tables.Table;

/** Which tables Floe can copy so far, and under which names. */
final class Copyable {

    private static final Set<String> FLOES_OWN = Set.of("_POSITION", "_DELETED", "_ROW");

    private Copyable() {}

    /** The table's name in Snowflake: that of its schema before its own, as all schemas go into one. */
    static String target(Table table) {
        return (table.schema() + "_" + table.name()).toUpperCase(Locale.ROOT);
    }

    /** What keeps Floe from copying it; null for nothing. */
    static String hindrance(Table table) {
        if (table.key().isEmpty()) {
            return "no key";
        }
        if (table.references().stream().anyMatch(Reference::changesChild)) {
            return "a foreign key that changes its rows";
        }
        if (table.name().contains(".") || table.name().contains(",")) {
            return "its name cannot be in load.tables";
        }
        return table.columns().stream()
                .map(Column::name)
                .filter(name -> FLOES_OWN.contains(name.toUpperCase(Locale.ROOT)))
                .map(name -> "the column " + name)
                .findFirst()
                .orElse(null);
    }
}
