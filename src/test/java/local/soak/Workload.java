package local.soak;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import local.mysql.LastingConnection;
import local.mysql.MySqlServer;
import local.tables.Catalog;
import local.tables.Mirrored;

/**
 * Random writes to two tables, few enough rows that most of them meet others: inserts, updates, deletes, key changes,
 * re-inserts, statements over many rows, transactions that roll back, and now and then a truncation.
 *
 * <p>Not safe for use by several threads at once.
 */
final class Workload implements Writes {

    private static final int PEOPLE = 200;
    private static final int ORDERS = 50;
    private static final int LINES = 5;
    private static final String[] NAMES = {"O'Brien", "say \"hi\"", "line\nbreak", "tab\t", "😀", "", "\\", null};

    private final Random random;
    private final LastingConnection mysql;
    private long statements;
    private long rows;
    private long brokenOff;
    private long unknown;

    /** Creates the tables. */
    Workload(MySqlServer server, long seed) throws SQLException {
        this.random = new Random(seed);
        this.mysql = new LastingConnection(server);
        execute("CREATE DATABASE soak");
        execute("CREATE TABLE soak.people (id INT PRIMARY KEY, name VARCHAR(255), version BIGINT)");
        execute(
                "CREATE TABLE soak.`lines` (order_id BIGINT UNSIGNED, line_no INT, amount DECIMAL(20,4), placed DATETIME(6),"
                        + " doc JSON, photo BLOB, PRIMARY KEY (order_id, line_no))");
        mysql.get().setAutoCommit(false);
    }

    @Override
    public String tables() {
        return "soak.people, soak.lines";
    }

    @Override
    public List<Mirrored> mirrored() throws SQLException {
        if (!mysql.get().isValid(1)) {
            // MySQL was killed behind the last step.
            mysql.reconnect();
        }
        return Catalog.read(mysql.get(), List.of("soak")).tables().stream()
                .map(table -> new Mirrored(
                        table, "CDC_DESTINATION.PUBLIC." + table.name().toUpperCase(Locale.ROOT)))
                .toList();
    }

    /**
     * One transaction of one to five statements; one in ten is rolled back. If MySQL goes away meanwhile, this returns once
     * it is back, and whether the transaction was committed is MySQL's secret.
     */
    @Override
    public void step() throws SQLException {
        long before = rows;
        boolean committing = false;
        try {
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                statement();
            }
            if (random.nextInt(10) == 0) {
                rows = before;
                mysql.get().rollback();
            } else {
                committing = true;
                mysql.get().commit();
            }
        } catch (SQLException e) {
            if (mysql.get().isValid(1)) {
                throw e;
            }
            rows = before;
            brokenOff += committing ? 0 : 1;
            unknown += committing ? 1 : 0;
            mysql.reconnect();
            mysql.get().setAutoCommit(false);
        }
    }

    /** Rows are those of transactions that are known to be committed. */
    @Override
    public Map<String, Long> told() {
        return Map.of("rows", rows, "transactions broken off", brokenOff, "commits without an answer", unknown);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        mysql.close();
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
        try (PreparedStatement statement = mysql.get().prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            rows += statement.executeUpdate();
        }
    }
}
