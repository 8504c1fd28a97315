package local.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;

/** A MySQL server with one table, whose changes wait in the binlog. */
final class Backlog implements AutoCloseable {

    static final String TABLE = "CDC_schema.Persons";

    private static final int ROWS_A_TRANSACTION = 1_000;
    private static final long TELL_ROWS = 500_000;

    private final MySqlServer mysql;

    Backlog() {
        // As the library alone reads it: what TLS costs depends on the JVM, and is not Floe's.
        mysql = new MySqlServer(MySqlSettings.defaults()
                        .withOption("ssl", "OFF")
                        .withProgress(step -> {})
                        // Writing the backlog is not what is measured.
                        .withOption("sync_binlog", "0")
                        .withOption("innodb_flush_log_at_trx_commit", "0")
                        .withOption("innodb_doublewrite", "OFF")
                        .withOption("innodb_buffer_pool_size", "512M")
                        .withOption("innodb_log_file_size", "256M"))
                .start();
    }

    MySqlServer mysql() {
        return mysql;
    }

    /** The table, empty, and beside it the numbers 0 to 999, which do not go into the binlog. */
    void create() throws SQLException {
        mysql.execute(
                "CREATE DATABASE IF NOT EXISTS CDC_schema",
                "DROP TABLE IF EXISTS " + TABLE,
                "CREATE TABLE " + TABLE
                        + " (PersonID int, FullName varchar(255), City varchar(255), PRIMARY KEY (PersonID))",
                "SET sql_log_bin = 0",
                "CREATE DATABASE IF NOT EXISTS numbers",
                "CREATE TABLE IF NOT EXISTS numbers.thousand (n int PRIMARY KEY)",
                "INSERT IGNORE INTO numbers.thousand VALUES "
                        + LongStream.range(0, ROWS_A_TRANSACTION)
                                .mapToObj(n -> "(" + n + ")")
                                .collect(Collectors.joining(",")));
    }

    /**
     * Makes changes of rows, 1,000 a transaction: eight in ten are inserts, one is an update, one a delete. MySQL makes up
     * the rows, which is several times as quick as sending them.
     *
     * @param rows a multiple of 10,000
     */
    void write(long rows, Consumer<String> progress) throws SQLException {
        try (Connection connection = mysql.connection();
                Statement statement = connection.createStatement()) {
            long tenth = rows / 10;
            insert(statement, 8 * tenth, progress);
            for (long first = 1; first <= tenth; first += ROWS_A_TRANSACTION) {
                statement.execute("UPDATE " + TABLE + " SET City = CONCAT(City, '!') WHERE " + range(first));
            }
            for (long first = tenth + 1; first <= 2 * tenth; first += ROWS_A_TRANSACTION) {
                statement.execute("DELETE FROM " + TABLE + " WHERE " + range(first));
            }
        }
    }

    /** Fills the table with rows that the binlog does not have. */
    void fill(long rows, Consumer<String> progress) throws SQLException {
        try (Connection connection = mysql.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_log_bin = 0");
            insert(statement, rows, progress);
        }
    }

    /** Makes inserts of one row, each a transaction of its own. */
    void writeSingly(long rows) throws SQLException {
        try (Connection connection = mysql.connection();
                Statement statement = connection.createStatement()) {
            for (long id = 1; id <= rows; id++) {
                statement.execute(inserts(id, 1));
            }
        }
    }

    /** Inserts rows 1 to {@code rows}, 1,000 a transaction. */
    private static void insert(Statement statement, long rows, Consumer<String> progress) throws SQLException {
        for (long first = 1; first <= rows; first += ROWS_A_TRANSACTION) {
            statement.execute("INSERT INTO " + TABLE + " SELECT n + " + first + ", CONCAT('Person number ', n + "
                    + first + ", ' of many'), CONCAT('City of ', (n + " + first
                    + ") % 1000) FROM numbers.thousand ORDER BY n");
            long written = first - 1 + ROWS_A_TRANSACTION;
            if (written % TELL_ROWS == 0) {
                progress.accept(written + " of " + rows + " rows inserted into MySQL");
            }
        }
    }

    /** How many bytes the binlog has by now. */
    long bytes() {
        return mysql.query("SHOW BINARY LOGS").stream()
                .mapToLong(file -> ((Number) file.get("File_size")).longValue())
                .sum();
    }

    static String inserts(long first, int count) {
        return "INSERT INTO " + TABLE + " VALUES "
                + LongStream.range(first, first + count)
                        .mapToObj(id -> "(" + id + ",'Person number " + id + " of many','City of " + id % 1000 + "')")
                        .collect(Collectors.joining(","));
    }

    private static String range(long first) {
        return "PersonID BETWEEN " + first + " AND " + (first + ROWS_A_TRANSACTION - 1);
    }

    @Override
    public void close() {
        mysql.close();
    }
}
