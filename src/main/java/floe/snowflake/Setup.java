package floe.snowflake;

import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes Snowflake ready to mirror tables. Every statement may be repeated; tables that are there are kept with their
 * rows. Databases and schemas are not Floe's to create.
 */
public final class Setup {

    /**
     * MySQL table and its mirror.
     *
     * @param source the MySQL table
     * @param shape how it is defined
     * @param byRow whether it also has the procedures that take one change a call
     */
    public record Mirror(TableId source, TableShape shape, SnowflakeName table, boolean byRow) {

        /** A mirror that takes changes in batches alone. */
        public Mirror(TableId source, TableShape shape, SnowflakeName table) {
            this(source, shape, table, false);
        }

        private List<String> statements() {
            List<String> statements = new ArrayList<>(TargetDdl.statements(source, shape, table));
            if (byRow) {
                statements.addAll(RowProcedures.statements(source, shape, table));
            }
            return statements;
        }
    }

    private static final Set<Integer> MISSING = Set.of(2003, 2043);

    private Setup() {}

    /**
     * The statements for all {@code mirrors}, in order, each without a semicolon at its end.
     *
     * @throws WrongTable if one of them cannot be mirrored; the message says why and what to do
     */
    public static List<String> statements(List<Mirror> mirrors) {
        Set<String> statements = new LinkedHashSet<>();
        mirrors.forEach(mirror -> statements.addAll(mirror.statements()));
        return new ArrayList<>(statements);
    }

    /** The statements as a script for an administrator to run. */
    public static String script(List<Mirror> mirrors) {
        return String.join(";\n\n", statements(mirrors)) + ";\n";
    }

    /**
     * Executes the statements.
     *
     * @throws WarehouseUnwell if Snowflake refuses one; those before it have taken effect
     */
    public static void execute(List<Mirror> mirrors, Connection connection) {
        for (Mirror mirror : mirrors) {
            for (String sql : mirror.statements()) {
                execute(sql, mirror.table(), connection);
            }
        }
    }

    private static void execute(String sql, SnowflakeName table, Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (MISSING.contains(e.getErrorCode())) {
                throw new WarehouseUnwell(
                        "The schema " + table.database() + "." + table.schema()
                                + " is missing or not granted to the role; Floe does not create databases and schemas,"
                                + " an administrator does",
                        e);
            }
            throw new WarehouseUnwell("Setting up " + table + ": " + Failures.explain(e), e);
        }
    }
}
