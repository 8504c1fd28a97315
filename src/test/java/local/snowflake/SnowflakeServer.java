package local.snowflake;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import local.http.LoopbackServer;
import local.snowflake.catalog.Catalog;
import local.snowflake.catalog.Journal;
import local.snowflake.catalog.Procedures;
import local.snowflake.catalog.StatementFaults;
import local.snowflake.catalog.Statements;
import local.snowflake.sql.Tokens;
import local.snowflake.wire.Endpoints;
import local.snowflake.wire.Queries;
import local.snowflake.wire.Sessions;
import local.snowflake.wire.SnowflakeFaults;
import local.snowflake.wire.Users;
import net.snowflake.client.api.driver.SnowflakeDriver;

/**
 * A Snowflake account of one's own, gone when it is closed. It begins with the database CDC_DESTINATION, whose schema
 * PUBLIC is empty, and with the user FLOE, whose password is floe.
 */
public final class SnowflakeServer implements AutoCloseable {

    public static final String DATABASE = "CDC_DESTINATION";
    private static final String USER = "FLOE";
    private static final String PASSWORD = "floe";

    private final LoopbackServer http;
    private final ExecutorService queries = LoopbackServer.threads("snowflake-query");
    private final Catalog catalog;
    private final Users users = new Users().password(USER, PASSWORD);
    private final Sessions sessions;
    private final SnowflakeFaults faults;
    private final Journal journal = new Journal();

    private SnowflakeServer(int port) throws IOException, SQLException {
        catalog = new Catalog();
        catalog.createDatabase(DATABASE);
        sessions = new Sessions(catalog, users);
        StatementFaults statementFaults = new StatementFaults();
        faults = new SnowflakeFaults(sessions, statementFaults);
        Statements statements = new Statements(new Procedures(), journal, statementFaults);
        http = LoopbackServer.start(
                "snowflake", port, new Endpoints(sessions, new Queries(statements, faults, queries), faults));
    }

    /** Starts on a free port. */
    public static SnowflakeServer start() throws IOException, SQLException {
        return new SnowflakeServer(0);
    }

    /** Starts on this port of the loopback address. */
    public static SnowflakeServer start(int port) throws IOException, SQLException {
        return new SnowflakeServer(port);
    }

    public int port() {
        return http.port();
    }

    /** The JDBC URL for the driver, without a user. */
    public String url() {
        return "jdbc:snowflake://http://127.0.0.1:" + port() + "/?account=local&db=" + DATABASE
                + "&schema=PUBLIC&warehouse=COMPUTE_WH&disablePlatformDetection=true&CLIENT_TELEMETRY_ENABLED=false"
                + "&JDBC_QUERY_RESULT_FORMAT=JSON";
    }

    /** The user there is from the start. */
    public String user() {
        return USER;
    }

    /** The password of {@link #user()}. */
    public String password() {
        return PASSWORD;
    }

    /** A new connection of the real driver, as {@link #user()}. */
    public Connection connection() throws SQLException {
        return connection(url(), USER, PASSWORD);
    }

    /** A new connection of the real driver. */
    public static Connection connection(String url, String user, String password) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return new SnowflakeDriver().connect(url, login);
    }

    /** Runs statements one after the other, in one session of its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs the statements of a script, which semicolons end. */
    public void executeScript(String script) throws SQLException {
        List<String> statements = new ArrayList<>();
        Tokens tokens = Tokens.of(script);
        while (!tokens.atEnd()) {
            Tokens statement = tokens.statement();
            if (!statement.atEnd()) {
                statements.add(statement.text());
            }
        }
        execute(statements.toArray(String[]::new));
    }

    /** The rows of a query, in a session of its own: column names and values in their order. */
    public List<Map<String, Object>> query(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** What shall go wrong. */
    public SnowflakeFaults faults() {
        return faults;
    }

    /** Who may log in. */
    public Users users() {
        return users;
    }

    /** What was run. */
    public Journal journal() {
        return journal;
    }

    /** Stops at once: what runs is undone. */
    @Override
    public void close() throws SQLException {
        http.close();
        sessions.forgetAll();
        queries.shutdownNow();
        catalog.close();
    }
}
