package local.snowflake.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import local.snowflake.values.SnowflakeError;

/**
 * The transaction of a session. As in Snowflake it is scoped: what a procedure opens it must end, and what its caller
 * opened it must leave alone.
 */
public final class Transaction {

    private final Connection connection;
    private final Map<String, Object> parameters;
    private boolean open;
    private int depth;
    private int depthOfOpen;

    /** @param parameters those of the session, of which AUTOCOMMIT counts here */
    Transaction(Connection connection, Map<String, Object> parameters) {
        this.connection = connection;
        this.parameters = parameters;
    }

    private boolean autoCommit() {
        return Boolean.TRUE.equals(parameters.get("AUTOCOMMIT"));
    }

    /** Opens a transaction; within an open one of the same depth it does nothing. */
    void begin() throws SQLException {
        if (open && depth != depthOfOpen) {
            throw SnowflakeError.notImitated("BEGIN in a transaction of the caller");
        }
        connection.setAutoCommit(false);
        open = true;
        depthOfOpen = depth;
    }

    void commit() throws SQLException {
        checkScope();
        connection.commit();
        end();
    }

    void rollback() throws SQLException {
        checkScope();
        connection.rollback();
        end();
    }

    /** DDL ends the open transaction and commits itself. */
    void commitForDdl() throws SQLException {
        connection.commit();
        end();
    }

    public void autoCommit(boolean on) throws SQLException {
        if (on) {
            connection.commit();
        }
        parameters.put("AUTOCOMMIT", on);
        end();
    }

    private void end() throws SQLException {
        open = false;
        connection.setAutoCommit(autoCommit());
    }

    private void checkScope() throws SnowflakeError {
        if (open && depth != depthOfOpen) {
            throw SnowflakeError.transactionOfCaller();
        }
    }

    void enterProcedure() {
        depth++;
    }

    /** Leaves a procedure; says whether it left a transaction of its own open, which is then rolled back. */
    boolean leaveProcedure() throws SQLException {
        boolean leftOpen = open && depth == depthOfOpen;
        if (leftOpen) {
            rollback();
        }
        depth--;
        return leftOpen;
    }
}
