package local.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import local.tables.Column;
import local.tables.Reference;
import local.tables.Table;

/**
 * What statements say of rows: new ones, and some that may be there.
 *
 * <p>Rows that are there, of a table or of one that it refers to, are named by their place in the order of the key, so that no
 * statement depends on what earlier ones have come to. A place behind the last row names none.
 */
final class RowSql {

    private static final int FEW = 8;

    private final Random random;
    private final Literals literals;
    private final int places;

    /** @param places how many rows of each table are named by their place */
    RowSql(Random random, int places) {
        this.random = random;
        this.literals = new Literals(random);
        this.places = places;
    }

    /** The columns that an INSERT names: all that have no value of their own, and most others. */
    List<Column> named(Table table) {
        return table.written().stream()
                .filter(column -> !column.isAutoIncrement() || random.nextInt(20) == 0)
                .filter(column -> table.isKey(column)
                        || (!column.nullable() && column.defaultValue() == null)
                        || random.nextInt(8) > 0)
                .toList();
    }

    /** One row for the VALUES of an INSERT, in parentheses. */
    String row(Table table, List<Column> columns) {
        int place = place();
        return columns.stream().map(column -> cell(table, column, place)).collect(Collectors.joining(", ", "(", ")"));
    }

    private String cell(Table table, Column column, int place) {
        Optional<Reference> reference = reference(table, column);
        if (reference.isPresent()) {
            boolean none = column.nullable() && random.nextInt(5) == 0;
            return none ? "NULL" : parent(table, reference.get(), column, place);
        }
        return table.isKey(column) || isUnique(table, column) ? literals.ofKey(column) : literals.of(column);
    }

    /** A value for a column that is no key, for the SET of an UPDATE. */
    String value(Table table, Column column) {
        return reference(table, column)
                .map(reference -> parent(table, reference, column, place()))
                .orElseGet(() -> isUnique(table, column) ? literals.ofKey(column) : literals.of(column));
    }

    /** The same, for a list of a SELECT. */
    String selected(Table table, Column column) {
        return reference(table, column)
                .map(reference -> parent(table, reference, column, place()))
                .orElseGet(() -> isUnique(table, column) ? literals.ofKey(column) : literals.given(column));
    }

    /** Another value for a column of the key, of a kind that fits it. */
    String otherKey(Column column) {
        if (column.isAutoIncrement()) {
            return column.quoted() + " + " + (1 + random.nextInt(50));
        }
        if (column.kind() == Column.Kind.TEXT && random.nextBoolean()) {
            return (random.nextBoolean() ? "UPPER(" : "LOWER(") + column.quoted() + ")";
        }
        return literals.ofKey(column);
    }

    /** A condition for one row; of a table without a key for a few that are alike. */
    String oneRow(Table table) {
        List<Column> columns = order(table);
        String inner = " FROM " + table.quoted() + " ORDER BY "
                + columns.stream().map(Column::quoted).collect(Collectors.joining(", "))
                + (random.nextBoolean() ? " DESC" : "") + " LIMIT 1 OFFSET " + place();
        return columns.stream()
                .map(Column::quoted)
                .map(column -> column + " = (SELECT * FROM (SELECT " + column + inner + ") one)")
                .collect(Collectors.joining(" AND "));
    }

    /**
     * Some rows that follow one another in the order of the key, behind a WHERE. Of a table without a key rows that are equal are
     * never parted: which of them is left does not matter, but that one is left is nothing that a binlog says.
     */
    String someRows(Table table, int most) {
        if (table.key().isEmpty()) {
            return oneRow(table);
        }
        String order = order(table).stream().map(Column::quoted).collect(Collectors.joining(", "));
        return "1 = 1 ORDER BY " + order + (random.nextBoolean() ? " DESC" : "") + " LIMIT "
                + (1 + random.nextInt(most));
    }

    /** One row that is there, as a derived table of its key. */
    String keyOfOne(Table table) {
        String key = table.key().stream().map(Column::quoted).collect(Collectors.joining(", "));
        return "(SELECT " + key + " FROM " + table.quoted() + " ORDER BY " + key + " LIMIT 1 OFFSET " + place()
                + ") one";
    }

    /** What orders a table: its key or, without one, a column that is not too long. */
    private List<Column> order(Table table) {
        if (!table.key().isEmpty()) {
            return table.key().stream()
                    .map(name -> table.column(name).orElseThrow())
                    .toList();
        }
        return List.of(table.columns().get(0));
    }

    private Optional<Reference> reference(Table table, Column column) {
        return table.references().stream()
                .filter(reference -> reference.columns().contains(column.name()))
                .findFirst();
    }

    /** In a derived table, as MySQL forbids to read a table in a statement that changes it. */
    private String parent(Table table, Reference reference, Column column, int place) {
        List<String> wanted = new ArrayList<>(reference.parentColumns());
        String of = Column.quoted(wanted.get(reference.columns().indexOf(column.name())));
        String order = wanted.stream().map(Column::quoted).collect(Collectors.joining(", "));
        return "(SELECT * FROM (SELECT " + of + " FROM " + table.quoted(reference.parent()) + " ORDER BY " + order
                + " LIMIT 1 OFFSET " + place + ") one)";
    }

    private static boolean isUnique(Table table, Column column) {
        return !table.isKey(column) && table.indexed().contains(column.name()) && !column.nullable();
    }

    /** Most at the beginning, so that changes meet. */
    private int place() {
        return random.nextInt(random.nextBoolean() ? Math.min(FEW, places) : places);
    }
}
