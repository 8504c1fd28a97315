package local.soak;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import local.mysql.MySqlServer;

/**
 * Random writes to two tables, few enough rows that most of them meet others: inserts, updates, deletes, key changes,
 * re-inserts, statements over many rows, transactions that roll back, and now and then a truncation.
 *
 * <p>Not safe for use by several threads at once.
 */
final class Workload implements AutoCloseable {

    /** The source tables with their targets, as the setting {@code load.tables} takes them. */
    static final String TABLES = "soak.people, soak.lines";

    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final int PEOPLE = 200;
    private static final int ORDERS = 50;
    private static final int LINES = 5;
    private static final String[] NAMES = {"O'Brien", "say \"hi\"", "line\nbreak", "tab\t", "😀", "", "\\", null};

    private final MySqlServer server;
    private final Random random;
    private Connection mysql;
    private long statements;
    private long rows;
    private long brokenOff;
    private long unknown;

    /** Creates the tables. */
    Workload(MySqlServer server, long seed) throws SQLException {
        this.server = server;
        this.random = new Random(seed);
        this.mysql = server.connection();
        execute("CREATE DATABASE soak");
        execute("CREATE TABLE soak.people (id INT PRIMARY KEY, name VARCHAR(255), version BIGINT)");
        execute(
                "CREATE TABLE soak.`lines` (order_id BIGINT UNSIGNED, line_no INT, amount DECIMAL(20,4), placed DATETIME(6),"
                        + " doc JSON, photo BLOB, PRIMARY KEY (order_id, line_no))");
        mysql.setAutoCommit(false);
    }

    /**
     * One transaction of one to five statements; one in ten is rolled back. If MySQL goes away meanwhile, this returns once
     * it is back, and whether the transaction was committed is MySQL's secret.
     */
    void transaction() throws SQLException {
        long before = rows;
        boolean committing = false;
        try {
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                statement();
            }
            if (random.nextInt(10) == 0) {
                rows = before;
                mysql.rollback();
            } else {
                committing = true;
                mysql.commit();
            }
        } catch (SQLException e) {
            if (mysql.isValid(1)) {
                throw e;
            }
            rows = before;
            brokenOff += committing ? 0 : 1;
            unknown += committing ? 1 : 0;
            reconnect();
        }
    }

    private void reconnect() throws SQLException {
        mysql.close();
        long giveUp = System.nanoTime() + LONGEST_ABSENCE.toNanos();
        while (true) {
            try {
                mysql = server.connection();
                mysql.setAutoCommit(false);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    /** Rows written in transactions that are known to be committed. */
    long rows() {
        return rows;
    }

    /** Transactions that MySQL left before their end. */
    long brokenOff() {
        return brokenOff;
    }

    /** Transactions whose commit MySQL did not answer. */
    long unknown() {
        return unknown;
    }

    @Override
    public void close() {
        try {
            mysql.close();
        } catch (SQLException e) {
            // It went with a MySQL that was ended last; closing it would still roll back.
        }
    }

    private void statement() throws SQLException {
        statements++;
        switch (random.nextInt(12)) {
            case 0, 1, 2 ->
                write(
                        "REPLACE INTO soak.people VALUES (?, ?, ?)",
                        person(),
                        NAMES[random.nextInt(NAMES.length)],
                        statements);
            case 3 -> write("UPDATE soak.people SET version = ? WHERE id = ?", statements, person());
            case 4 -> write("UPDATE IGNORE soak.people SET id = ? WHERE id = ?", person(), person());
            case 5 -> write("DELETE FROM soak.people WHERE id = ?", person());
            case 6 -> write("UPDATE soak.people SET version = version + 1 WHERE id % 10 = ?", random.nextInt(10));
            case 7, 8 ->
                write(
                        "REPLACE INTO soak.`lines` VALUES (18446744073709551615 - ?, ?, ?, NOW(6), ?, UNHEX(?))",
                        random.nextInt(ORDERS),
                        random.nextInt(LINES),
                        random.nextInt() / 10_000.0,
                        "{\"n\": " + statements + ", \"s\": \"O'Brien\"}",
                        Integer.toHexString(0x10000000 + random.nextInt(0x1000000)));
            case 9 ->
                write(
                        "UPDATE IGNORE soak.`lines` SET line_no = ? WHERE line_no = ?",
                        random.nextInt(LINES),
                        random.nextInt(LINES));
            case 10 ->
                write("DELETE FROM soak.`lines` WHERE order_id = 18446744073709551615 - ?", random.nextInt(ORDERS));
            default -> {
                if (random.nextInt(100) == 0) {
                    write("TRUNCATE TABLE soak.people");
                } else {
                    write("DELETE FROM soak.people WHERE id BETWEEN ? AND ? + 5", person(), person());
                }
            }
        }
    }

    private int person() {
        return random.nextInt(PEOPLE);
    }

    private void execute(String sql) throws SQLException {
        write(sql);
    }

    private void write(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = mysql.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            rows += statement.executeUpdate();
        }
    }
}
