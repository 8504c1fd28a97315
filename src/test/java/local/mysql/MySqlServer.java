package local.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real MySQL on 127.0.0.1 with the settings that Floe asks of RDS: row-based full-image binlog, GTIDs, UTC. It is the
 * packaged 8.0; {@link NewerMySql} has servers of another.
 *
 * <p>It has two users with one password: {@link #user()}, with the privileges that Debezium needs for capture and no
 * more, and {@link #adminUser()}, under which {@link #connection()}, {@link #execute} and {@link #query} run. It ends,
 * and its own data directory goes, with {@link #close()} or with this process.
 */
public final class MySqlServer implements AutoCloseable {
    private static final Path BUILD_FOLDER = Path.of("target", "mysql");

    private final MySqlSettings settings;
    private final MySqlBinaries binaries;
    private final Path dataDirectory;
    private final Thread closeAtExit = new Thread(this::end, "mysql-close");
    private MySqlProcess process;

    /** Prepares a server that {@link #start()} starts, with the default settings. */
    public MySqlServer() {
        this(MySqlSettings.defaults());
    }

    /**
     * Prepares a server that {@link #start()} starts. The first time ever takes seconds: it unpacks mysqld and
     * initializes the data directory that later ones copy.
     *
     * @throws MySqlFailed if this machine cannot run the packaged mysqld; the message says why and what to do
     */
    public MySqlServer(MySqlSettings settings) {
        this(settings, PackagedMySql.in(BUILD_FOLDER, settings.progress()));
    }

    /** The same of another installation. */
    MySqlServer(MySqlSettings settings, Installation installation) {
        this.settings = settings;
        this.binaries = new MySqlBinaries(installation, settings.progress());
        this.dataDirectory =
                settings.dataDirectory().orElseGet(MySqlServer::newDirectory).toAbsolutePath();
        binaries.initialize(dataDirectory);
        Runtime.getRuntime().addShutdownHook(closeAtExit);
    }

    /**
     * Starts it, or starts it again on the same port and data, and returns when it takes connections.
     *
     * @throws MySqlFailed if mysqld ends before; the message has what it printed
     * @throws IllegalStateException if it is running
     */
    public synchronized MySqlServer start() {
        if (isRunning()) {
            throw new IllegalStateException("MySQL is running on port " + port());
        }
        Map<String, String> options = new LinkedHashMap<>(settings.options());
        options.putIfAbsent("server_id", String.valueOf(port()));
        options.put("port", String.valueOf(port()));
        options.put("bind_address", host());
        options.put("init_file", writeUsers().toString());
        // Relative to the data directory, as the paths of sockets may have 107 characters only.
        options.put("socket", "mysql.sock");
        options.put("pid_file", "mysql.pid");
        process = MySqlProcess.start(binaries.mysqld(dataDirectory, options));
        return this;
    }

    /** Shuts it down in order, as a reboot does, and keeps its data. */
    public synchronized void stop() {
        if (isRunning()) {
            process.stop();
        }
    }

    /** Ends it at once, as a crash does, and keeps its data. */
    public synchronized void kill() {
        if (isRunning()) {
            process.kill();
        }
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Waits until it ends, by whatever cause. */
    public void awaitEnd() throws InterruptedException {
        MySqlProcess running;
        synchronized (this) {
            running = process;
        }
        running.awaitEnd();
    }

    /** Ends it and deletes its data directory unless the settings gave one; that one is left shut down in order. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook finds nothing left to do.
        }
    }

    private synchronized void end() {
        if (settings.dataDirectory().isPresent()) {
            stop();
        } else {
            kill();
            Folders.delete(dataDirectory);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return settings.port();
    }

    /** The user for capture: SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE and REPLICATION CLIENT. */
    public String user() {
        return "floe";
    }

    /** The user for tests and people, with all privileges; named as RDS names its master user. */
    public String adminUser() {
        return "admin";
    }

    /** The password of both users. */
    public String password() {
        return settings.password();
    }

    /** Where its data and binlogs are. */
    public Path dataDirectory() {
        return dataDirectory;
    }

    public String jdbcUrl() {
        return "jdbc:mysql://" + host() + ":" + port() + "/";
    }

    /** A new connection of the admin user, for the caller to close. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), adminUser(), password());
    }

    /** A new connection of the user for capture, for the caller to close. */
    public Connection captureConnection() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /**
     * Runs the statements in one session of the admin user, each in a transaction of its own.
     *
     * @throws MySqlFailed at the first that is refused; the message has the statement and MySQL's reason
     */
    public void execute(String... statements) {
        try (Connection connection = connection();
                Statement jdbc = connection.createStatement()) {
            for (String statement : statements) {
                executeOne(jdbc, statement);
            }
        } catch (SQLException e) {
            throw new MySqlFailed("Cannot connect to MySQL on port " + port() + ": " + e.getMessage(), e);
        }
    }

    private static void executeOne(Statement jdbc, String statement) {
        try {
            jdbc.execute(statement);
        } catch (SQLException e) {
            throw new MySqlFailed(e.getMessage() + ": " + statement, e);
        }
    }

    /**
     * The rows of a query as the admin user, each with its values by column label, as Connector/J returns objects.
     *
     * @throws MySqlFailed if it is refused; the message has the query and MySQL's reason
     */
    public List<Map<String, Object>> query(String sql, Object... parameters) {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (found.next()) {
                    rows.add(row(found));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new MySqlFailed(e.getMessage() + ": " + sql, e);
        }
    }

    private static Map<String, Object> row(ResultSet found) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            row.put(found.getMetaData().getColumnLabel(i), found.getObject(i));
        }
        return row;
    }

    /** The value of a query of one column and one row, such as {@code SELECT @@server_uuid}, as text. */
    public String value(String sql, Object... parameters) {
        return String.valueOf(query(sql, parameters).get(0).values().iterator().next());
    }

    /** Makes MySQL go on in a new binlog file. */
    public void rotateBinlog() {
        execute("FLUSH BINARY LOGS");
    }

    /** Writes what mysqld runs before it takes connections; not logged, so that the first change is the caller's. */
    private Path writeUsers() {
        Path file = dataDirectory.resolve("users.sql");
        String identified =
                " IDENTIFIED WITH " + binaries.installation().passwordPlugin() + " BY '" + password() + "';";
        List<String> statements = List.of(
                "SET SESSION sql_log_bin = 0;",
                "CREATE USER IF NOT EXISTS '" + user() + "'@'%';",
                "ALTER USER '" + user() + "'@'%'" + identified,
                "GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '" + user()
                        + "'@'%';",
                "CREATE USER IF NOT EXISTS '" + adminUser() + "'@'%';",
                "ALTER USER '" + adminUser() + "'@'%'" + identified,
                "GRANT ALL ON *.* TO '" + adminUser() + "'@'%' WITH GRANT OPTION;",
                "ALTER USER 'root'@'localhost' ACCOUNT LOCK;");
        try {
            return Files.write(file, statements);
        } catch (IOException e) {
            throw new MySqlFailed("Cannot write " + file, e);
        }
    }

    private static Path newDirectory() {
        try {
            Files.createDirectories(BUILD_FOLDER);
            return Files.createTempDirectory(BUILD_FOLDER, "data-");
        } catch (IOException e) {
            throw new MySqlFailed("Cannot make a data directory in " + BUILD_FOLDER.toAbsolutePath(), e);
        }
    }
}
