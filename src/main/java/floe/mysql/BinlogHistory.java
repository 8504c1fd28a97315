package floe.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a server's binlog still goes on from where a reader has left it. */
public final class BinlogHistory {

    private static final String GTIDS =
            "SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed), GTID_SUBTRACT(@@GLOBAL.gtid_purged, ?)";
    private static final String IS_SUBSET = "SELECT GTID_SUBSET(?, ?)";
    private static final Pattern NEXT_GTID = Pattern.compile("GTID_NEXT\\s*=\\s*'([^']+)'");

    /** ER_ERROR_WHEN_EXECUTING_COMMAND: there is no event at the offset. */
    private static final int NO_EVENT_THERE = 1220;

    private static final String WAS_RESET = "MySQL has started its binlog anew since";

    private BinlogHistory() {}

    /**
     * Why the transactions that follow cannot be had, or nothing if they can.
     *
     * @param gtids of the transactions that were read
     */
    public static Optional<String> whyLost(Connection connection, String gtids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GTIDS)) {
            statement.setString(1, gtids);
            statement.setString(2, gtids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getString(1).isEmpty()) {
                    return Optional.of("MySQL does not have the transactions " + oneLine(row.getString(1))
                            + " that were read from it; its binlog was reset, or it is a copy that lacks them");
                }
                if (!row.getString(2).isEmpty()) {
                    return Optional.of("MySQL has purged the transactions " + oneLine(row.getString(2))
                            + " before they were read");
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Why a place on the very server that it was read from is not there any more, or nothing if it is. After RESET MASTER
     * the server gives its GTIDs once more, and would pass over those that were read: so what stands at the place is
     * compared too.
     *
     * @param gtids of the transactions that were read
     * @param file the binlog file read last; it may have been purged
     * @param offset in it of the next event
     */
    public static Optional<String> whyLost(Connection connection, String gtids, String file, long offset)
            throws SQLException {
        Optional<String> lost = whyLost(connection, gtids);
        if (lost.isPresent()) {
            return lost;
        }
        TreeMap<String, Long> files = new TreeMap<>(files(connection));
        if (files.isEmpty() || file.compareTo(files.lastKey()) > 0) {
            return Optional.of(WAS_RESET + ": it has no " + file);
        }
        Long size = files.get(file);
        if (size == null || offset == size) {
            return Optional.empty();
        }
        if (offset > size) {
            return Optional.of(WAS_RESET + ": its " + file + " ends at " + size + ", and was read to " + offset);
        }
        return comparedAt(connection, gtids, file, offset);
    }

    /**
     * The newest binlog file before which there are no transactions but those that were read: where to begin on another
     * server than they were read from, passing over those that come again.
     *
     * @param gtids of the transactions that were read
     * @return nothing if all files begin later
     */
    public static Optional<String> fileAfter(Connection connection, String gtids) throws SQLException {
        for (String file : new TreeMap<>(files(connection)).descendingKeySet()) {
            if (isSubset(connection, gtidsBefore(connection, file), gtids)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** What a file says at its beginning of all files before it. */
    private static String gtidsBefore(Connection connection, String file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SHOW BINLOG EVENTS IN ? LIMIT 2")) {
            statement.setString(1, file);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString("Event_type").equals("Previous_gtids")) {
                        return rows.getString("Info");
                    }
                }
                return "";
            }
        }
    }

    private static Map<String, Long> files(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
            Map<String, Long> files = new TreeMap<>();
            while (rows.next()) {
                files.put(rows.getString(1), rows.getLong(2));
            }
            return files;
        }
    }

    private static Optional<String> comparedAt(Connection connection, String gtids, String file, long offset)
            throws SQLException {
        String next;
        try (PreparedStatement statement =
                connection.prepareStatement("SHOW BINLOG EVENTS IN ? FROM " + offset + " LIMIT 1")) {
            statement.setString(1, file);
            try (ResultSet row = statement.executeQuery()) {
                next = row.next() ? row.getString("Info") : "";
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_EVENT_THERE) {
                throw e;
            }
            return Optional.of(WAS_RESET + ": no event begins at " + offset + " of its " + file);
        }
        Matcher gtid = NEXT_GTID.matcher(next == null ? "" : next);
        if (gtid.find() && isSubset(connection, gtid.group(1), gtids)) {
            return Optional.of(WAS_RESET + ": the transaction " + gtid.group(1) + " was read, and comes again at "
                    + offset + " of its " + file);
        }
        return Optional.empty();
    }

    private static boolean isSubset(Connection connection, String gtid, String gtids) throws SQLException {
        if (gtid.equals("ANONYMOUS")) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(IS_SUBSET)) {
            statement.setString(1, gtid);
            statement.setString(2, gtids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String oneLine(String gtids) {
        return gtids.replaceAll("\\s", "");
    }
}
