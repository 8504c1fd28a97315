package floe.mysql;

import floe.binlog.BinlogPlace;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;

/**
 * Where the server writes its binlog now.
 *
 * @param file the name of the file
 * @param offset in it of the next event
 */
public record BinlogEnd(String file, long offset) implements Comparable<BinlogEnd> {

    /** Asks the server, which must write a binlog. */
    public static BinlogEnd read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question(connection.getMetaData()))) {
            if (!row.next()) {
                throw new SQLException("MySQL writes no binlog");
            }
            return new BinlogEnd(row.getString("File"), row.getLong("Position"));
        }
    }

    /** The first name came with MySQL 8.2, and MySQL 8.4 does not know the second any more. */
    private static String question(DatabaseMetaData server) throws SQLException {
        int major = server.getDatabaseMajorVersion();
        return major > 8 || (major == 8 && server.getDatabaseMinorVersion() >= 2)
                ? "SHOW BINARY LOG STATUS"
                : "SHOW MASTER STATUS";
    }

    /** By the file's number, and the offset in it. */
    @Override
    public int compareTo(BinlogEnd other) {
        return Comparator.comparingLong((BinlogEnd end) -> BinlogPlace.fileNumber(end.file()))
                .thenComparingLong(BinlogEnd::offset)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return file + " " + offset;
    }
}
