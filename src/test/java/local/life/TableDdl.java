package local.life;

import static local.life.ColumnDdl.alter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import local.tables.Column;
import local.tables.Column.Kind;
import local.tables.Table;

/** Changes of tables, and of what makes them one. */
final class TableDdl {

    /** What a life has made by itself, and may drop. */
    private static final String OWN = "life ";

    /** What comes back in a later step, and is not changed until then. */
    private static final String AWAY = "_";

    private static final int CREATES_AS_ROWS = 80_021;

    private TableDdl() {}

    /** The same columns in another order, or one more. */
    static Steps primaryKey(Table table, Fresh fresh) {
        if (!isFree(table) || !table.hasPrimaryKey() || !table.partitions().isEmpty()) {
            return Steps.NONE;
        }
        List<String> key = new ArrayList<>(table.key());
        if (key.size() > 1
                && fresh.random().nextBoolean()
                && table.columns().stream().noneMatch(Column::isAutoIncrement)) {
            Collections.rotate(key, 1);
        } else {
            List<Column> more = table.plain().stream()
                    .filter(column ->
                            !column.nullable() && (column.kind() == Kind.INTEGER || column.kind() == Kind.ENUM))
                    .toList();
            if (more.isEmpty()) {
                return Steps.NONE;
            }
            key.add(fresh.one(more).name());
        }
        return Steps.of(alter(table) + "DROP PRIMARY KEY, ADD PRIMARY KEY " + names(key));
    }

    /** A unique index in the place of the primary key. */
    static Steps keyToIndex(Table table, Fresh fresh) {
        return canLoseKey(table)
                ? Steps.of(alter(table) + "DROP PRIMARY KEY, ADD UNIQUE KEY " + Column.quoted(fresh.name()) + " "
                        + names(table.key()))
                : Steps.NONE;
    }

    static Steps dropKey(Table table, Fresh fresh) {
        return canLoseKey(table) ? Steps.of(alter(table) + "DROP PRIMARY KEY") : Steps.NONE;
    }

    static Steps index(Table table, Fresh fresh) {
        Column column = fresh.plain(table, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.DATETIME, Kind.TEXT, Kind.ENUM);
        if (column == null) {
            return Steps.NONE;
        }
        String name = Column.quoted(fresh.name());
        String part = column.kind() == Kind.TEXT && column.length() > 10 ? column.quoted() + "(10)" : column.quoted();
        return new Steps(List.of(
                List.of(alter(table) + "ADD INDEX " + name + " (" + part + ")"),
                List.of("DROP INDEX " + name + " ON " + table.quoted())));
    }

    static Steps convert(Table table, Fresh fresh) {
        boolean hasText = table.columns().stream()
                .anyMatch(column -> column.charset() != null
                        && (table.isParent()
                                || table.references().stream()
                                        .anyMatch(its -> its.columns().contains(column.name()))));
        return hasText && !isFree(table)
                ? Steps.NONE
                : Steps.of(alter(table) + "CONVERT TO CHARACTER SET " + fresh.one("utf8mb4", "utf8mb4", "utf8"));
    }

    static Steps comment(Table table, Fresh fresh) {
        return Steps.of(alter(table) + "COMMENT = 'DROP COLUMN, said number "
                + fresh.random().nextInt(1000) + "'");
    }

    static Steps rebuild(Table table, Fresh fresh) {
        return Steps.of(fresh.one(
                alter(table) + "ENGINE = InnoDB", alter(table) + "FORCE", "OPTIMIZE TABLE " + table.quoted()));
    }

    static Steps partitions(Table table, Fresh fresh) {
        if (table.partitions().isEmpty()) {
            return Steps.NONE;
        }
        String one = Column.quoted(table.partitions().get(0));
        if (table.partitioning().startsWith("HASH") || table.partitioning().startsWith("KEY")) {
            return Steps.of(alter(table)
                    + (table.partitions().size() > 2
                            ? fresh.one("COALESCE PARTITION 1", "TRUNCATE PARTITION " + one)
                            : "ADD PARTITION PARTITIONS 2"));
        }
        String copy = table.quoted(OWN + fresh.name());
        return switch (fresh.random().nextInt(3)) {
            case 0 -> Steps.of(alter(table) + "TRUNCATE PARTITION " + one);
            case 1 ->
                table.partitions().size() > 2 && table.partitioning().startsWith("RANGE")
                        ? Steps.of(alter(table) + "DROP PARTITION " + one)
                        : Steps.of(alter(table) + "REBUILD PARTITION " + one);
            default ->
                Steps.of(
                        "CREATE TABLE " + copy + " LIKE " + table.quoted(),
                        "ALTER TABLE " + copy + " REMOVE PARTITIONING",
                        alter(table) + "EXCHANGE PARTITION " + one + " WITH TABLE " + copy,
                        "DROP TABLE " + copy);
        };
    }

    static Steps truncate(Table table, Fresh fresh) {
        return table.isParent() ? Steps.NONE : Steps.of("TRUNCATE TABLE " + table.quoted());
    }

    static Steps dropTable(Table table, Fresh fresh) {
        return table.name().startsWith(OWN) && !table.isParent()
                ? Steps.of("DROP TABLE " + table.quoted())
                : Steps.NONE;
    }

    static Steps newTable(Table table, Fresh fresh) {
        return Steps.of("CREATE TABLE " + table.quoted(OWN + fresh.name()) + " ("
                + fresh.one(
                        "id INT AUTO_INCREMENT PRIMARY KEY, `some text` VARCHAR(60) CHARACTER SET utf8mb4, at DATETIME(3), doc JSON",
                        "`a b` CHAR(8) CHARACTER SET latin1, no SMALLINT, v DECIMAL(12,4) DEFAULT 0, raw BLOB, PRIMARY KEY (no, `a b`)",
                        "uuid BINARY(16) PRIMARY KEY, flags SET('x','y') NOT NULL, f FLOAT, t TIME(3), y YEAR, b BIT(7)",
                        "code VARCHAR(20) CHARACTER SET utf8mb4 NOT NULL UNIQUE, kind ENUM('p','q') NOT NULL, d DATE")
                + ")");
    }

    static Steps createLike(Table table, Fresh fresh) {
        String copy = table.quoted(OWN + fresh.name());
        return Steps.of("CREATE TABLE " + copy + " LIKE " + table.quoted(), copied(table, copy, "INSERT INTO "));
    }

    /** From 8.0.21 on; before, the statement cannot be written to a binlog with GTIDs. */
    static Steps createSelect(Table table, Fresh fresh) {
        return fresh.version() < CREATES_AS_ROWS
                ? Steps.NONE
                : Steps.of("CREATE TABLE " + table.quoted(OWN + fresh.name()) + " AS SELECT " + written(table)
                        + " FROM " + table.quoted() + " LIMIT 30");
    }

    static Steps rename(Table table, Fresh fresh) {
        String away = table.quoted(AWAY + fresh.name());
        return new Steps(List.of(
                List.of("RENAME TABLE " + table.quoted() + " TO " + away),
                List.of("RENAME TABLE " + away + " TO " + table.quoted())));
    }

    static Steps swap(Table table, Fresh fresh) {
        if (!isFree(table)) {
            return Steps.NONE;
        }
        String next = table.quoted(OWN + fresh.name());
        String old = table.quoted(OWN + fresh.name());
        return Steps.of(
                "CREATE TABLE " + next + " LIKE " + table.quoted(),
                copied(table, next, "INSERT INTO ") + " LIMIT 100",
                "RENAME TABLE " + table.quoted() + " TO " + old + ", " + next + " TO " + table.quoted(),
                "DROP TABLE " + old);
    }

    /** Dropped, and made again under its name by the same definition. */
    static Steps dropAndCreate(Table table, Fresh fresh) {
        if (!isFree(table)) {
            return Steps.NONE;
        }
        String next = table.quoted(AWAY + fresh.name());
        return new Steps(List.of(
                List.of("CREATE TABLE " + next + " LIKE " + table.quoted(), "DROP TABLE " + table.quoted()),
                List.of("CREATE TABLE " + table.quoted() + " LIKE " + next, "DROP TABLE " + next)));
    }

    /** The rows of a table into another one, whose columns it has. */
    static String copied(Table table, String into, String verb) {
        return verb + into + " (" + written(table) + ") SELECT " + written(table) + " FROM " + table.quoted();
    }

    static String written(Table table) {
        return table.written().stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** Whether no foreign key comes in or goes out. */
    static boolean isFree(Table table) {
        return !table.isParent() && table.references().isEmpty();
    }

    private static boolean canLoseKey(Table table) {
        return isFree(table)
                && table.hasPrimaryKey()
                && table.partitions().isEmpty()
                && table.columns().stream().noneMatch(Column::isAutoIncrement);
    }

    private static String names(List<String> columns) {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", ", "(", ")"));
    }
}
