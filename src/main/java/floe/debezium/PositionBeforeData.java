package floe.debezium;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.Query;
import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ServerSession;
import floe.capture.CaptureFailed;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Lets a snapshot read its rows as they are after its position was read, not before.
 *
 * <p>Without a lock Debezium looks for the tables, reads the position in the binlog, and then reads the rows, all in one
 * transaction of the isolation REPEATABLE READ. The first of these already fixes what the last one sees: what is
 * committed between the first two would be neither in the snapshot nor after its position. So the transaction ends
 * here, as soon as the position is known. What is committed after that comes twice, which the position guard absorbs.
 *
 * <p>Connector/J makes one of these for each of Debezium's connections, because {@link SourceDriver} asks it to.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // The driver's interface is so.
public final class PositionBeforeData implements QueryInterceptor {

    private JdbcConnection connection;

    @Override
    public QueryInterceptor init(MysqlConnection mysql, Properties properties, Log log) {
        connection = (JdbcConnection) mysql;
        return this;
    }

    @Override
    public <T extends Resultset> T preProcess(Supplier<String> sql, Query query) {
        return null;
    }

    @Override
    public boolean executeTopLevelOnly() {
        return true;
    }

    @Override
    public <T extends Resultset> T postProcess(
            Supplier<String> sql, Query query, T result, ServerSession serverSession) {
        if (isPosition(sql.get())) {
            endTransaction();
        }
        return null;
    }

    @Override
    public void destroy() {
        // Nothing is held.
    }

    /** Whether a statement asks for the position; the second name is that of MySQL 8.2 and newer. */
    private static boolean isPosition(String sql) {
        if (sql == null || sql.length() > "SHOW BINARY LOG STATUS".length() + 10) {
            return false;
        }
        String upper = sql.strip().toUpperCase(Locale.ROOT);
        return upper.startsWith("SHOW MASTER STATUS") || upper.startsWith("SHOW BINARY LOG STATUS");
    }

    private void endTransaction() {
        try {
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            // Of a type that fails the statement: a snapshot must not go on with the old view.
            throw new CaptureFailed("The transaction that read the position does not end: " + e, e);
        }
    }
}
