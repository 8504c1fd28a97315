package local.snowflake.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import local.snowflake.sql.ObjectName;
import local.snowflake.sql.Surroundings;
import local.snowflake.values.SnowflakeError;
import org.h2.api.ErrorCode;

/** What one login holds: its place in the account, its parameters, its connection to H2. */
public final class Session implements Surroundings {

    private final long id;
    private final String user;
    private final Catalog catalog;
    private final Connection connection;
    private final Transaction transaction;
    private final Map<String, Object> parameters = new ConcurrentHashMap<>(SessionParameters.DEFAULTS);
    private final ReentrantLock lock = new ReentrantLock(true);

    private volatile String database;
    private volatile String schema;
    private volatile String role;
    private volatile String warehouse;
    private volatile Statement running;
    private volatile boolean cancelled;
    private volatile String tagOfRequest;
    private volatile Duration lockTimeout = Duration.ofSeconds(60);

    public Session(long id, String user, Catalog catalog) throws SQLException {
        this.id = id;
        this.user = user;
        this.catalog = catalog;
        this.connection = catalog.connect();
        this.transaction = new Transaction(connection, parameters);
    }

    public long id() {
        return id;
    }

    public String user() {
        return user;
    }

    Catalog catalog() {
        return catalog;
    }

    Connection connection() {
        return connection;
    }

    /** Held while one request runs: the statements of a session take turns. */
    public ReentrantLock lock() {
        return lock;
    }

    public Map<String, Object> parameters() {
        return parameters;
    }

    public String database() {
        return database;
    }

    public String schema() {
        return schema;
    }

    public String role() {
        return role;
    }

    public String warehouse() {
        return warehouse;
    }

    public void useRole(String role) {
        this.role = role;
    }

    public void useWarehouse(String warehouse) {
        this.warehouse = warehouse;
    }

    public void useDatabase(String database) throws SQLException {
        if (!catalog.hasDatabase(database)) {
            throw SnowflakeError.unknownObject("Database", database);
        }
        this.database = database;
        this.schema = null;
        if (catalog.hasSchema(database, "PUBLIC")) {
            useSchema(database, "PUBLIC");
        }
    }

    public void useSchema(String database, String schema) throws SQLException {
        if (database == null) {
            throw SnowflakeError.noDatabase();
        }
        if (!catalog.hasSchema(database, schema)) {
            throw SnowflakeError.unknownObject("Schema", database + "." + schema);
        }
        this.database = database;
        this.schema = schema;
        boolean auto = connection.getAutoCommit();
        execute("SET SCHEMA " + ObjectName.quote(ObjectName.h2Schema(database, schema)));
        connection.setAutoCommit(auto);
    }

    @Override
    public ObjectName resolve(List<String> parts) throws SnowflakeError {
        String name = parts.get(parts.size() - 1);
        if (parts.size() == 3) {
            return new ObjectName(parts.get(0), parts.get(1), name);
        }
        if (parts.size() > 3) {
            throw SnowflakeError.syntax(String.join(".", parts));
        }
        String schema = parts.size() == 2 ? parts.get(0) : this.schema;
        if (database == null || schema == null) {
            throw SnowflakeError.noDatabase();
        }
        return new ObjectName(database, schema, name);
    }

    @Override
    public String toRead(ObjectName table) {
        return catalog.staleReads().h2(table, this);
    }

    @Override
    public String fact(String function) {
        return switch (function) {
            case "CURRENT_DATABASE" -> String.valueOf(database);
            case "CURRENT_SCHEMA" -> String.valueOf(schema);
            case "CURRENT_ROLE" -> role;
            case "CURRENT_WAREHOUSE" -> warehouse;
            case "CURRENT_USER" -> user;
            case "CURRENT_ACCOUNT" -> "LOCAL";
            case "CURRENT_REGION" -> "LOCAL";
            case "CURRENT_SESSION" -> String.valueOf(id);
            case "CURRENT_VERSION" -> SessionParameters.SERVER_VERSION;
            default -> null;
        };
    }

    public void lockTimeout(Duration timeout) {
        lockTimeout = timeout;
    }

    /** Something done in H2. */
    interface Attempt<T> {
        T run() throws SQLException;
    }

    /**
     * Does it, and again while another transaction holds a lock and time is left. A statement of H2 that waits cannot be
     * stopped; so it waits in short turns.
     */
    <T> T waiting(Attempt<T> attempt) throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                boolean late = System.nanoTime() - start > lockTimeout.toNanos();
                if (late || e.getErrorCode() != ErrorCode.LOCK_TIMEOUT_1) {
                    throw e;
                }
                checkCancelled();
            }
        }
    }

    /** Its transaction, open or not. */
    public Transaction transaction() {
        return transaction;
    }

    /** Names the statement that {@link #cancel()} would stop. */
    void running(Statement statement) throws SnowflakeError {
        running = statement;
        checkCancelled();
    }

    void idle() {
        running = null;
    }

    public void checkCancelled() throws SnowflakeError {
        if (cancelled) {
            throw SnowflakeError.cancelled();
        }
    }

    /**
     * A request begins.
     *
     * @param tag the QUERY_TAG that the request itself has; null for none
     */
    public void startRequest(String tag) {
        cancelled = false;
        tagOfRequest = tag;
    }

    /** The QUERY_TAG of what runs; empty for none. */
    String queryTag() {
        String tag = tagOfRequest;
        return tag == null ? String.valueOf(parameters.getOrDefault("QUERY_TAG", "")) : tag;
    }

    /** Stops the running request. */
    public void cancel() throws SQLException {
        cancelled = true;
        Statement statement = running;
        if (statement != null) {
            statement.cancel();
        }
    }

    /** Stops what runs and undoes what is not committed. */
    public void close() throws SQLException {
        cancel();
        lock.lock();
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs a statement of H2 that answers nothing. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            running(statement);
            waiting(() -> statement.execute(sql));
        } finally {
            idle();
        }
    }
}
