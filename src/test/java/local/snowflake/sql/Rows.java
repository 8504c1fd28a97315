package local.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import local.snowflake.values.Casts;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.Typed;

/**
 * What a statement answers.
 *
 * @param statementType its number in the driver's protocol
 * @param rows values of classes that {@link Casts} works with
 * @param affected the rows a DML statement changed; 0 for any other
 */
public record Rows(int statementType, List<Column> columns, List<List<Object>> rows, long affected) {

    public static final int SELECT = 0x1000;
    public static final int INSERT = 0x3100;
    public static final int UPDATE = 0x3200;
    public static final int DELETE = 0x3300;
    public static final int MERGE = 0x3400;
    public static final int ALTER_SESSION = 0x4100;
    public static final int USE = 0x4300;
    public static final int SHOW = 0x4400;
    public static final int DESCRIBE = 0x4500;
    public static final int TRANSACTION = 0x5000;
    public static final int DDL = 0x6000;

    public record Column(String name, SnowflakeType type, boolean nullable) {

        public static Column text(String name) {
            return new Column(name, SnowflakeType.VARCHAR, true);
        }
    }

    public static Rows of(int statementType, List<Column> columns, List<List<Object>> rows) {
        return new Rows(statementType, columns, rows, 0);
    }

    /** One line of status text, which is what all but queries and DML answer. */
    public static Rows status(int statementType, String message) {
        return of(statementType, List.of(Column.text("status")), List.of(List.of(message)));
    }

    public static Rows done(int statementType) {
        return status(statementType, "Statement executed successfully.");
    }

    /**
     * The counts a DML statement answers. H2 tells how many rows a MERGE touched, not how: they are all called updated
     * here.
     */
    public static Rows counts(int statementType, long affected) {
        List<String> names =
                switch (statementType) {
                    case INSERT -> List.of("number of rows inserted");
                    case UPDATE -> List.of("number of rows updated", "number of multi-joined rows updated");
                    case DELETE -> List.of("number of rows deleted");
                    default -> List.of("number of rows updated", "number of rows inserted", "number of rows deleted");
                };
        List<Column> columns = new ArrayList<>();
        List<Object> counts = new ArrayList<>();
        for (String name : names) {
            columns.add(new Column(name, SnowflakeType.NUMBER, false));
            counts.add(java.math.BigDecimal.valueOf(counts.isEmpty() ? affected : 0));
        }
        return new Rows(statementType, columns, List.of(counts), affected);
    }

    /** The single value of the first row, or null if there is none. */
    public Typed scalar() {
        return new Typed(
                columns.get(0).type(), rows.isEmpty() ? null : rows.get(0).get(0));
    }

    public Rows withoutRows() {
        return of(statementType, columns, List.of());
    }
}
