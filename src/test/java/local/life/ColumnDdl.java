package local.life;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import local.tables.Column;
import local.tables.Column.Kind;
import local.tables.Table;

/** Changes of columns. */
final class ColumnDdl {

    private static final String[] TYPES = {
        "INT",
        "BIGINT UNSIGNED",
        "VARCHAR(40) CHARACTER SET utf8mb4",
        "VARCHAR(300) CHARACTER SET latin1",
        "DECIMAL(12,3)",
        "DATE",
        "DATETIME(3)",
        "TIMESTAMP(2)",
        "JSON",
        "BLOB",
        "BIT(9)",
        "DOUBLE",
        "FLOAT",
        "TIME(2)",
        "YEAR",
        "ENUM('one','two, too','')",
        "SET('a','b','c')",
        "POINT",
        "MEDIUMTEXT",
        "BINARY(5)",
        "TINYINT(1)",
        "CHAR(7)"
    };

    private static final String[] WITH_DEFAULT = {
        "INT DEFAULT 42",
        "BIGINT UNSIGNED DEFAULT 18446744073709551615",
        "VARCHAR(10) DEFAULT 'active'",
        "VARCHAR(20) CHARACTER SET utf8mb4 DEFAULT 'O''Brien \\\\ 😀'",
        "DECIMAL(8,2) DEFAULT -1.50",
        "DATE DEFAULT '2020-02-29'",
        "DATE DEFAULT '0000-00-00'",
        "DATETIME(2) DEFAULT '1999-12-31 23:59:59.99'",
        "BIT(4) DEFAULT b'0101'",
        "BIT(1) DEFAULT b'1'",
        "ENUM('a','b') DEFAULT 'b'",
        "SET('a','b','c') DEFAULT 'a,c'",
        "BOOL DEFAULT TRUE",
        "DOUBLE DEFAULT 0.1",
        "FLOAT DEFAULT 1.5",
        "YEAR DEFAULT 1999",
        "BINARY(3) DEFAULT 'ab'",
        "TIME DEFAULT '-01:02:03'",
        "CHAR(3) DEFAULT ''",
        "TIMESTAMP(3) NULL DEFAULT '2001-02-03 04:05:06.789'"
    };

    private static final int MOST_SET_MEMBERS = 60;
    private static final int MOST_DIGITS = 60;
    private static final int MOST_FRACTION = 6;

    private ColumnDdl() {}

    static Steps addNull(Table table, Fresh fresh) {
        return add(table, fresh, fresh.one(TYPES) + " NULL", "");
    }

    static Steps addDefault(Table table, Fresh fresh) {
        String type = fresh.one(WITH_DEFAULT);
        return add(table, fresh, type, "");
    }

    /** Old rows get what MySQL takes for nothing: 0, an empty text, the first member. */
    static Steps addNotNull(Table table, Fresh fresh) {
        return add(table, fresh, fresh.one(TYPES) + " NOT NULL", "");
    }

    /** Old rows get the moment of the statement; from 8.0.13 on also what an expression gives. */
    static Steps addExpressionDefault(Table table, Fresh fresh) {
        return add(
                table,
                fresh,
                fresh.one(
                        "DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)",
                        "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
                        "VARCHAR(40) /*!80013 DEFAULT (UUID()) */"),
                "");
    }

    static Steps addGenerated(Table table, Fresh fresh) {
        Column base = fresh.plain(table);
        return base == null
                ? Steps.NONE
                : add(table, fresh, "TINYINT AS (" + base.quoted() + " IS NULL) " + fresh.one("VIRTUAL", "STORED"), "");
    }

    /** Of versions that have no such columns an ordinary one. */
    static Steps addInvisible(Table table, Fresh fresh) {
        return add(table, fresh, "INT DEFAULT 7 /*!80023 INVISIBLE */", "");
    }

    static Steps addPlaced(Table table, Fresh fresh) {
        Column other = fresh.one(table.columns());
        return add(table, fresh, fresh.one(TYPES) + " NULL " + fresh.one("FIRST", "AFTER " + other.quoted()), "");
    }

    static Steps addInstant(Table table, Fresh fresh) {
        return add(table, fresh, "INT DEFAULT " + fresh.random().nextInt(100), ", ALGORITHM=INSTANT");
    }

    private static Steps add(Table table, Fresh fresh, String definition, String more) {
        return Steps.of(alter(table) + "ADD COLUMN " + Column.quoted(fresh.name()) + " " + definition + more);
    }

    static Steps drop(Table table, Fresh fresh) {
        Column column = fresh.plain(table);
        return column == null || table.plain().size() < 3
                ? Steps.NONE
                : Steps.of(alter(table) + "DROP COLUMN " + column.quoted());
    }

    /** The name stays, and means something else from then on. */
    static Steps dropAndAdd(Table table, Fresh fresh) {
        Column column = fresh.plain(table);
        return column == null
                ? Steps.NONE
                : Steps.of(alter(table) + "DROP COLUMN " + column.quoted() + ", ADD COLUMN " + column.quoted() + " "
                        + fresh.one(WITH_DEFAULT));
    }

    static Steps rename(Table table, Fresh fresh) {
        Column column = fresh.plain(table);
        return column == null
                ? Steps.NONE
                : Steps.of(alter(table) + "RENAME COLUMN " + column.quoted() + " TO " + Column.quoted(fresh.name()));
    }

    static Steps swapNames(Table table, Fresh fresh) {
        List<Column> plain = new ArrayList<>(table.plain());
        if (plain.size() < 2) {
            return Steps.NONE;
        }
        Column one = plain.remove(fresh.random().nextInt(plain.size()));
        Column other = plain.get(fresh.random().nextInt(plain.size()));
        return Steps.of(alter(table) + "RENAME COLUMN " + one.quoted() + " TO " + other.quoted() + ", RENAME COLUMN "
                + other.quoted() + " TO " + one.quoted());
    }

    static Steps widen(Table table, Fresh fresh) {
        return modify(table, fresh.plain(table), ColumnDdl::wider);
    }

    static Steps narrow(Table table, Fresh fresh) {
        return modify(table, fresh.plain(table), ColumnDdl::narrower);
    }

    static Steps changeSign(Table table, Fresh fresh) {
        return modify(
                table,
                fresh.plain(table, Kind.INTEGER, Kind.DECIMAL),
                column -> column.isUnsigned()
                        ? column.fullType().replace(" unsigned", "").replace(" zerofill", "")
                        : column.fullType() + " unsigned");
    }

    static Steps changePrecision(Table table, Fresh fresh) {
        return modify(table, fresh.plain(table, Kind.DECIMAL, Kind.DATETIME, Kind.TIMESTAMP, Kind.TIME), column -> {
            if (column.kind() == Kind.DECIMAL) {
                return column.precision() > MOST_DIGITS || column.scale() > 25
                        ? null
                        : "DECIMAL(" + (column.precision() + 3) + "," + (column.scale() + 2) + ")";
            }
            return column.type() + "(" + (column.fraction() + 2) % (MOST_FRACTION + 1) + ")";
        });
    }

    static Steps changeCharset(Table table, Fresh fresh) {
        return modify(
                table,
                fresh.plain(table, Kind.TEXT, Kind.ENUM, Kind.SET),
                column -> column.fullType() + " CHARACTER SET "
                        + (column.charset().equals("utf8mb4") ? "utf8" : "utf8mb4"));
    }

    static Steps changeNullability(Table table, Fresh fresh) {
        Column column = fresh.plain(table);
        return column == null
                ? Steps.NONE
                : Steps.of(alter(table) + "MODIFY COLUMN " + column.quoted() + " " + column.typeWithCharset()
                        + (column.nullable() ? " NOT NULL" : " NULL"));
    }

    static Steps changeDefault(Table table, Fresh fresh) {
        Column column = fresh.plain(table, Kind.INTEGER, Kind.DECIMAL, Kind.TEXT, Kind.ENUM);
        if (column == null || column.type().endsWith("text")) {
            return Steps.NONE;
        }
        String value =
                switch (column.kind()) {
                    case ENUM -> Literals.quoted(column.members().get(0));
                    case TEXT -> "'x'";
                    default -> "7";
                };
        return Steps.of(alter(table) + "ALTER COLUMN " + column.quoted() + " "
                + fresh.one("DROP DEFAULT", "SET DEFAULT " + value, "SET DEFAULT " + value));
    }

    static Steps appendMember(Table table, Fresh fresh) {
        return modify(table, fresh.plain(table, Kind.ENUM, Kind.SET), column -> {
            List<String> members = new ArrayList<>(column.members());
            members.add("new " + members.size());
            return members.size() > MOST_SET_MEMBERS ? null : members(column, members);
        });
    }

    /** The numbers that rows hold stay right, as MySQL converts them by name. */
    static Steps reorderMembers(Table table, Fresh fresh) {
        return modify(table, fresh.plain(table, Kind.ENUM, Kind.SET), column -> {
            List<String> members = new ArrayList<>(column.members());
            Collections.reverse(members);
            return members(column, members);
        });
    }

    /** Another name and another type at once. */
    static Steps change(Table table, Fresh fresh) {
        Column column = fresh.plain(table);
        String type = column == null ? null : wider(column);
        return type == null
                ? Steps.NONE
                : Steps.of(alter(table) + "CHANGE COLUMN " + column.quoted() + " " + Column.quoted(fresh.name()) + " "
                        + type + (column.nullable() ? " NULL" : " NOT NULL"));
    }

    private static String members(Column column, List<String> members) {
        return members.stream().map(Literals::quoted).collect(Collectors.joining(",", column.type() + "(", ")"))
                + " CHARACTER SET " + column.charset();
    }

    /** Null if there is nothing wider. */
    private static String wider(Column column) {
        String sign = column.isUnsigned() ? " UNSIGNED" : "";
        String text = column.charset() == null ? "" : " CHARACTER SET " + column.charset();
        return switch (column.type()) {
            case "tinyint" -> "SMALLINT" + sign;
            case "smallint" -> "INT" + sign;
            case "mediumint", "int" -> "BIGINT" + sign;
            case "float" -> "DOUBLE";
            case "decimal" ->
                column.precision() > MOST_DIGITS
                        ? null
                        : "DECIMAL(" + (column.precision() + 4) + "," + column.scale() + ")" + sign;
            case "char", "varchar" ->
                column.length() > 250 ? null : column.type() + "(" + (column.length() + 5) + ")" + text;
            case "varbinary" -> "VARBINARY(" + (column.length() + 7) + ")";
            case "tinytext" -> "TEXT" + text;
            case "text", "mediumtext" -> "LONGTEXT" + text;
            case "tinyblob", "blob", "mediumblob" -> "LONGBLOB";
            case "datetime", "timestamp", "time" -> column.type() + "(6)";
            case "bit" -> column.precision() > 40 ? null : "BIT(" + (column.precision() + 8) + ")";
            case "date" -> "DATETIME";
            default -> null;
        };
    }

    /** Null if there is nothing narrower. What does not fit is cut, as the session is not strict. */
    private static String narrower(Column column) {
        String sign = column.isUnsigned() ? " UNSIGNED" : "";
        String text = column.charset() == null ? "" : " CHARACTER SET " + column.charset();
        return switch (column.type()) {
            case "bigint" -> "INT" + sign;
            case "int", "mediumint" -> "SMALLINT" + sign;
            case "double" -> "FLOAT";
            case "decimal" ->
                column.scale() == 0 ? null : "DECIMAL(" + (column.precision() - 1) + "," + (column.scale() - 1) + ")";
            case "char", "varchar" ->
                column.length() < 6 ? null : column.type() + "(" + column.length() / 2 + ")" + text;
            case "longtext", "mediumtext", "text" -> "TEXT" + text;
            case "datetime" -> column.fraction() == 0 ? "DATE" : "DATETIME(" + (column.fraction() - 1) + ")";
            case "json" -> "LONGTEXT";
            default -> null;
        };
    }

    /** What a column becomes; null for nothing. */
    private interface Change {
        String type(Column column);
    }

    private static Steps modify(Table table, Column column, Change change) {
        String type = column == null ? null : change.type(column);
        return type == null
                ? Steps.NONE
                : Steps.of(alter(table) + "MODIFY COLUMN " + column.quoted() + " " + type
                        + (column.nullable() ? " NULL" : " NOT NULL"));
    }

    static String alter(Table table) {
        return "ALTER TABLE " + table.quoted() + " ";
    }
}
