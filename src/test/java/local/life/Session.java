package local.life;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import local.Tally;
import local.mysql.LastingConnection;
import local.mysql.MySqlServer;

/** A connection to MySQL that does what it is told, counts what is refused, and comes back where MySQL was away. For one thread. */
final class Session implements AutoCloseable {

    private final String name;
    private final LastingConnection mysql;
    private final Tally refusals;
    private final List<String> lines = new ArrayList<>();
    private long statements;
    private long rows;
    private long brokenOff;

    /**
     * Connects.
     *
     * @param begin said to MySQL after each connect
     * @param refusals counts what MySQL refuses by error
     */
    Session(String name, MySqlServer server, Tally refusals, String... begin) throws SQLException {
        this.name = name;
        this.refusals = refusals;
        this.mysql = new LastingConnection(server, begin);
    }

    /** Says one statement to MySQL. What MySQL refuses, or does not answer as it goes away, is as if it were not said. */
    void run(String sql) throws SQLException {
        statements++;
        try (Statement statement = mysql.get().createStatement()) {
            statement.setEscapeProcessing(false);
            rows += statement.executeUpdate(sql);
            lines.add(sql + ";");
        } catch (SQLException e) {
            if (mysql.get().isValid(1)) {
                refusals.add(e.getErrorCode() + " " + kindOf(sql));
                lines.add("/* refused: " + e.getErrorCode() + " */ " + sql + ";");
            } else {
                brokenOff++;
                lines.add("/* without an answer */ " + sql + ";");
                mysql.reconnect();
            }
        }
    }

    void run(List<String> all) throws SQLException {
        for (String sql : all) {
            run(sql);
        }
    }

    /** What is asked of MySQL. */
    interface Question<T> {

        T ask(Connection connection) throws SQLException;
    }

    /** Asks, and once more where MySQL went away meanwhile. */
    <T> T answer(Question<T> question) throws SQLException {
        try {
            return question.ask(mysql.get());
        } catch (SQLException e) {
            if (mysql.get().isValid(1)) {
                throw e;
            }
            mysql.reconnect();
            return question.ask(mysql.get());
        }
    }

    private static String kindOf(String sql) {
        String[] words = sql.split(" ", 3);
        return words[0] + (words[0].equals("ALTER") || words[0].equals("CREATE") ? " " + words[1] : "");
    }

    /** What was said since the last call, for the log. */
    List<String> taken() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    Connection connection() {
        return mysql.get();
    }

    String name() {
        return name;
    }

    long statements() {
        return statements;
    }

    /** Rows that statements changed, those that were rolled back later among them. */
    long rows() {
        return rows;
    }

    /** Statements that MySQL left without an answer. */
    long brokenOff() {
        return brokenOff;
    }

    @Override
    public void close() {
        mysql.close();
    }
}
