package local.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import local.tables.Column;
import local.tables.Reference;
import local.tables.Table;

/** Statements that change rows. */
final class Dml {

    private static final int PLACES = 120;

    private final Random random;
    private final RowSql rows;

    Dml(Random random) {
        this.random = random;
        this.rows = new RowSql(random, PLACES);
    }

    /**
     * A statement that changes rows of a table, and perhaps of one that it refers to.
     *
     * @param all the tables that it may name
     */
    String statement(Table table, List<Table> all) {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> insert("INSERT INTO ", table, 1);
            case 4, 5 -> insert("INSERT IGNORE INTO ", table, 1 + random.nextInt(20));
            case 6 -> insert("REPLACE INTO ", table, 1 + random.nextInt(3));
            case 7 -> replaceOne(table);
            case 8 -> insertOrUpdate(table);
            case 9 -> copy(table);
            case 10, 11, 12 -> "UPDATE " + table.quoted() + assignments(table, "") + " WHERE " + rows.oneRow(table);
            case 13 ->
                "UPDATE IGNORE " + table.quoted() + assignments(table, "") + " WHERE " + rows.someRows(table, 40);
            case 14, 15 -> changeOfKey(table);
            case 16 -> delete(table) + rows.oneRow(table);
            case 17 -> delete(table) + rows.someRows(table, 12);
            default -> ofTwo(table, all, random.nextBoolean());
        };
    }

    /** An INSERT of some rows. */
    String insert(String verb, Table table, int count) {
        List<Column> columns = rows.named(table);
        return verb + table.quoted() + names(columns) + " VALUES "
                + IntStream.range(0, count)
                        .mapToObj(i -> rows.row(table, columns))
                        .collect(Collectors.joining(", "));
    }

    /** A row in the place of one that is there. */
    private String replaceOne(Table table) {
        return table.key().isEmpty() || table.isParent()
                ? insert("INSERT INTO ", table, 1)
                : ofOneThatIsThere("REPLACE INTO ", table);
    }

    private String insertOrUpdate(Table table) {
        List<Column> set = others(table);
        if (table.key().isEmpty() || set.isEmpty()) {
            return insert("INSERT INTO ", table, 1);
        }
        String values = set.stream()
                .map(column -> column.quoted() + " = VALUES(" + column.quoted() + ")")
                .collect(Collectors.joining(", "));
        return (random.nextBoolean()
                        ? ofOneThatIsThere("INSERT INTO ", table)
                        : insert("INSERT INTO ", table, 1 + random.nextInt(4)))
                + " ON DUPLICATE KEY UPDATE " + values;
    }

    private String ofOneThatIsThere(String verb, Table table) {
        List<Column> columns = table.written();
        return verb
                + table.quoted()
                + names(columns)
                + columns.stream()
                        .map(column -> table.isKey(column) ? "one." + column.quoted() : rows.selected(table, column))
                        .collect(Collectors.joining(", ", " SELECT ", " FROM "))
                + rows.keyOfOne(table);
    }

    /** Rows again, under other keys where MySQL numbers them. */
    private String copy(Table table) {
        List<Column> columns = table.written().stream()
                .filter(column -> !column.isAutoIncrement())
                .toList();
        if (table.key().isEmpty() || columns.size() == table.written().size()) {
            return insert("INSERT IGNORE INTO ", table, 1 + random.nextInt(8));
        }
        return "INSERT IGNORE INTO " + table.quoted() + names(columns)
                + columns.stream().map(Column::quoted).collect(Collectors.joining(", ", " SELECT ", " FROM "))
                + table.quoted() + " WHERE " + rows.someRows(table, 15);
    }

    private String changeOfKey(Table table) {
        List<Column> key = table.written().stream()
                .filter(table::isKey)
                .filter(column -> table.references().stream()
                        .noneMatch(reference -> reference.columns().contains(column.name())))
                .toList();
        if (key.isEmpty()) {
            return "UPDATE IGNORE " + table.quoted() + assignments(table, "") + " WHERE " + rows.oneRow(table);
        }
        Column column = key.get(random.nextInt(key.size()));
        return "UPDATE IGNORE " + table.quoted() + " SET " + column.quoted() + " = " + rows.otherKey(column) + " WHERE "
                + (random.nextInt(5) == 0 ? rows.someRows(table, 8) : rows.oneRow(table));
    }

    private String delete(Table table) {
        return (table.isParent() || random.nextInt(3) == 0 ? "DELETE IGNORE FROM " : "DELETE FROM ") + table.quoted()
                + " WHERE ";
    }

    /** A change of rows of a table, by those of the one that it refers to; or of both. */
    private String ofTwo(Table table, List<Table> all, boolean deletes) {
        Optional<Reference> reference = table.references().stream()
                .filter(candidate -> !candidate.parent().equals(table.name()))
                .findFirst();
        Optional<Table> parent = reference.flatMap(its -> all.stream()
                .filter(other ->
                        other.schema().equals(table.schema()) && other.name().equals(its.parent()))
                .findFirst());
        if (parent.isEmpty() || parent.get().key().isEmpty()) {
            return delete(table) + rows.oneRow(table);
        }
        Reference its = reference.get();
        String on = IntStream.range(0, its.columns().size())
                .mapToObj(i -> "c." + Column.quoted(its.columns().get(i)) + " = p."
                        + Column.quoted(its.parentColumns().get(i)))
                .collect(Collectors.joining(" AND "));
        String joined = table.quoted() + " c JOIN " + parent.get().quoted() + " p ON " + on + " JOIN "
                + rows.keyOfOne(parent.get()) + " ON "
                + parent.get().key().stream()
                        .map(Column::quoted)
                        .map(column -> "p." + column + " = one." + column)
                        .collect(Collectors.joining(" AND "));
        if (deletes && !table.isParent()) {
            return "DELETE c FROM " + joined;
        }
        String both = assignments(table, "c.");
        List<Column> parents = others(parent.get());
        if (!parents.isEmpty()) {
            Column column = parents.get(random.nextInt(parents.size()));
            both += ", p." + column.quoted() + " = " + rows.value(parent.get(), column);
        }
        return "UPDATE IGNORE " + joined + both;
    }

    private String assignments(Table table, String alias) {
        List<Column> columns = new ArrayList<>(others(table));
        if (columns.isEmpty()) {
            Column first = table.written().get(0);
            return " SET " + alias + first.quoted() + " = " + alias + first.quoted();
        }
        int count = 1 + random.nextInt(Math.min(3, columns.size()));
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Column column = columns.remove(random.nextInt(columns.size()));
            assignments.add(alias + column.quoted() + " = " + rows.value(table, column));
        }
        return " SET " + String.join(", ", assignments);
    }

    private static List<Column> others(Table table) {
        return table.written().stream().filter(column -> !table.isKey(column)).toList();
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", ", " (", ")"));
    }
}
