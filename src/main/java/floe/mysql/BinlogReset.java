package floe.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Notices that a server begins its binlog anew (RESET MASTER) while somebody reads it, to whom MySQL does not tell it: the
 * files begin with the same name again, and the reader waits in one for offsets that were there already.
 *
 * <p>What is executed, and where the binlog ends, only grow otherwise. A reset is not seen after which, from one call to the
 * next, as much was written again.
 */
public final class BinlogReset {

    private static final String QUESTION =
            "SELECT @@GLOBAL.server_uuid, @@GLOBAL.gtid_executed, GTID_SUBTRACT(?, @@GLOBAL.gtid_executed)";

    private String server = "";
    private String executed = "";
    private BinlogEnd end;

    /** Why the binlog is not the one of the last call; nothing if it is, or if another server answers now. */
    public Optional<String> since(Connection connection) throws SQLException {
        BinlogEnd endNow = BinlogEnd.read(connection);
        try (PreparedStatement statement = connection.prepareStatement(QUESTION)) {
            statement.setString(1, executed);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                boolean same = row.getString(1).equals(server);
                boolean grows = row.getString(3).isEmpty() && (end == null || endNow.compareTo(end) >= 0);
                BinlogEnd before = end;
                server = row.getString(1);
                executed = row.getString(2);
                end = endNow;
                return same && !grows
                        ? Optional.of("MySQL has begun its binlog anew (RESET MASTER): it was at " + before
                                + " and is at " + endNow)
                        : Optional.empty();
            }
        }
    }
}
