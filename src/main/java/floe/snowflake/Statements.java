package floe.snowflake;

import floe.snowflake.Setup.Mirror;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** Runs the statements of setup, with the rights of the owner. */
final class Statements {

    private static final Set<Integer> MISSING = Set.of(2003, 2043);

    private final Connection connection;

    Statements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Runs the statements of a transaction; where one fails, none has an effect. */
    void runAll(List<String> transaction) {
        try {
            transaction.forEach(this::run);
        } catch (WarehouseUnwell e) {
            run("ROLLBACK");
            throw e;
        }
    }

    /**
     * Makes the table that is listed.
     *
     * @return whether it was made where another had been before, whose rows it lacks
     * @throws TableUnready if it cannot be made ready as it is
     * @throws WarehouseUnwell if Snowflake refuses a statement
     */
    boolean make(Mirror mirror) {
        Evolution evolution = mirror.evolution();
        String answer = run(evolution.script());
        evolution.unready(answer).ifPresent(why -> {
            throw why;
        });
        run(mirror.look().script());
        mirror.byRowStatements().forEach(this::run);
        return Evolution.madeAnew(answer);
    }

    /**
     * Runs one.
     *
     * @return what it answers; null for nothing
     * @throws WarehouseUnwell if Snowflake refuses it
     */
    String run(String sql) {
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
                        "The schema is missing or not granted to the role; Floe does not create databases and schemas,"
                                + " an administrator does (" + Failures.explain(e) + ")",
                        e);
            }
            throw new WarehouseUnwell(Failures.explain(e), e);
        }
    }
}
