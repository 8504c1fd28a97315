package floe.snowflake;

import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
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
     * @param shape how it is defined; null if it is not there yet: an event will tell of it
     * @param byRow whether it also has the procedures that take one change a call
     */
    public record Mirror(TableId source, TableShape shape, SnowflakeName table, boolean byRow) {

        /** A mirror that takes changes in batches alone. */
        public Mirror(TableId source, TableShape shape, SnowflakeName table) {
            this(source, shape, table, false);
        }

        private Evolution evolution() {
            return Evolution.bySetup(source, shape, table);
        }

        private List<String> byRowStatements() {
            return byRow ? RowProcedures.statements(source, shape, table) : List.of();
        }
    }

    private static final Set<Integer> MISSING = Set.of(2003, 2043);

    private final Connection connection;
    private final Set<String> ofSchema = new HashSet<>();

    /** @param connection with the rights of the owner */
    public Setup(Connection connection) {
        this.connection = connection;
    }

    /**
     * The statements for all {@code mirrors}, in order, each without a semicolon at its end.
     *
     * @throws WrongTable if one of them cannot be mirrored; the message says why and what to do
     */
    public static List<String> statements(List<Mirror> mirrors) {
        Set<String> statements = new LinkedHashSet<>();
        mirrors.forEach(mirror -> statements.addAll(SchemaDdl.statements(mirror.table())));
        mirrors.forEach(mirror -> {
            statements.add(listed(mirror));
            if (mirror.shape() != null) {
                statements.add(mirror.evolution().script());
                statements.addAll(mirror.byRowStatements());
            }
        });
        return new ArrayList<>(statements);
    }

    /** The statements as a script for an administrator to run. */
    public static String script(List<Mirror> mirrors) {
        return String.join(";\n\n", statements(mirrors)) + ";\n";
    }

    /**
     * Executes the statements for all {@code mirrors}.
     *
     * @return the tables that were made where others had been before, whose rows they lack
     * @throws TableUnready if a table cannot be made ready as it is; those before it are
     * @throws WarehouseUnwell if Snowflake refuses a statement; those before it have taken effect
     */
    public static List<SnowflakeName> execute(List<Mirror> mirrors, Connection connection) {
        Setup setup = new Setup(connection);
        return mirrors.stream().filter(setup::make).map(Mirror::table).toList();
    }

    /**
     * Executes the statements for one mirror, and those of its schema unless they were executed before.
     *
     * @return whether its table was made where another had been before, whose rows it lacks
     * @throws TableUnready if the table cannot be made ready as it is
     * @throws WarehouseUnwell if Snowflake refuses a statement; those before it have taken effect
     */
    public boolean make(Mirror mirror) {
        for (String sql : SchemaDdl.statements(mirror.table())) {
            if (ofSchema.add(sql)) {
                execute(sql, mirror.table());
            }
        }
        execute(listed(mirror), mirror.table());
        if (mirror.shape() == null) {
            return false;
        }
        Evolution evolution = mirror.evolution();
        String answer = execute(evolution.script(), mirror.table());
        evolution.unready(answer).ifPresent(why -> {
            throw new TableUnready(why);
        });
        mirror.byRowStatements().forEach(sql -> execute(sql, mirror.table()));
        return Evolution.madeAnew(answer);
    }

    /** A table mirrors one source. */
    private static String listed(Mirror mirror) {
        return "MERGE INTO " + mirror.table().beside("FLOE_SOURCES").quoted() + " AS f\nUSING (SELECT "
                + Quote.text(mirror.source().toString()) + " AS SOURCE, "
                + Quote.text(mirror.table().name())
                + " AS TABLE_NAME) AS s\nON f.TABLE_NAME = s.TABLE_NAME\n"
                + "WHEN MATCHED THEN UPDATE SET SOURCE = s.SOURCE\n"
                + "WHEN NOT MATCHED THEN INSERT (SOURCE, TABLE_NAME) VALUES (s.SOURCE, s.TABLE_NAME)";
    }

    /** What the statement answers; null for nothing. */
    private String execute(String sql, SnowflakeName table) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return null;
            }
            try (ResultSet answer = statement.getResultSet()) {
                return answer.next() ? answer.getString(1) : null;
            }
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
