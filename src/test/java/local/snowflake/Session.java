package local.snowflake;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** What one login holds: its place in the account, its parameters and its transaction. */
final class Session {

    private final long id;
    private final String user;
    private final Catalog catalog;
    private final Connection connection;
    private final Map<String, Object> parameters = new ConcurrentHashMap<>(SessionParameters.DEFAULTS);
    private final ReentrantLock lock = new ReentrantLock(true);

    private volatile String database;
    private volatile String schema;
    private volatile String role;
    private volatile String warehouse;
    private volatile Statement running;
    private volatile boolean cancelled;

    private boolean inTransaction;
    private int depth;
    private int depthOfTransaction;

    Session(long id, String user, Catalog catalog) throws SQLException {
        this.id = id;
        this.user = user;
        this.catalog = catalog;
        this.connection = catalog.connect();
    }

    long id() {
        return id;
    }

    String user() {
        return user;
    }

    Catalog catalog() {
        return catalog;
    }

    Connection connection() {
        return connection;
    }

    /** Held while one request runs: the statements of a session take turns. */
    ReentrantLock lock() {
        return lock;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String database() {
        return database;
    }

    String schema() {
        return schema;
    }

    String role() {
        return role;
    }

    String warehouse() {
        return warehouse;
    }

    void useRole(String role) {
        this.role = role;
    }

    void useWarehouse(String warehouse) {
        this.warehouse = warehouse;
    }

    void useDatabase(String database) throws SQLException {
        if (!catalog.hasDatabase(database)) {
            throw SnowflakeError.unknownObject("Database", database);
        }
        this.database = database;
        this.schema = null;
        if (catalog.hasSchema(database, "PUBLIC")) {
            useSchema(database, "PUBLIC");
        }
    }

    void useSchema(String database, String schema) throws SQLException {
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

    /** The full name behind one, two or three parts. */
    ObjectName resolve(List<String> parts) throws SnowflakeError {
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

    /** What a function without arguments, such as CURRENT_USER, tells about this session; null for any other. */
    String fact(String function) {
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

    void lockTimeout(Duration timeout) throws SQLException {
        execute("SET LOCK_TIMEOUT " + timeout.toMillis());
    }

    private boolean autoCommit() {
        return Boolean.TRUE.equals(parameters.get("AUTOCOMMIT"));
    }

    /** Opens a transaction; within an open one of the same depth it does nothing. */
    void begin() throws SQLException {
        if (inTransaction && depth != depthOfTransaction) {
            throw SnowflakeError.notImitated("BEGIN in a transaction of the caller");
        }
        connection.setAutoCommit(false);
        inTransaction = true;
        depthOfTransaction = depth;
    }

    void commit() throws SQLException {
        checkScope();
        connection.commit();
        endTransaction();
    }

    void rollback() throws SQLException {
        checkScope();
        connection.rollback();
        endTransaction();
    }

    /** DDL ends the open transaction and commits itself. */
    void commitForDdl() throws SQLException {
        connection.commit();
        endTransaction();
    }

    void autoCommit(boolean on) throws SQLException {
        if (on) {
            connection.commit();
        }
        parameters.put("AUTOCOMMIT", on);
        endTransaction();
    }

    private void endTransaction() throws SQLException {
        inTransaction = false;
        connection.setAutoCommit(autoCommit());
    }

    private void checkScope() throws SnowflakeError {
        if (inTransaction && depth != depthOfTransaction) {
            throw SnowflakeError.transactionOfCaller();
        }
    }

    void enterProcedure() {
        depth++;
    }

    /** Leaves a procedure; says whether it left a transaction of its own open, which is then rolled back. */
    boolean leaveProcedure() throws SQLException {
        boolean leftOpen = inTransaction && depth == depthOfTransaction;
        if (leftOpen) {
            rollback();
        }
        depth--;
        return leftOpen;
    }

    /** Names the statement that {@link #cancel()} would stop. */
    void running(Statement statement) throws SnowflakeError {
        running = statement;
        checkCancelled();
    }

    void idle() {
        running = null;
    }

    void checkCancelled() throws SnowflakeError {
        if (cancelled) {
            throw SnowflakeError.cancelled();
        }
    }

    void startRequest() {
        cancelled = false;
    }

    /** Stops the running request. */
    void cancel() throws SQLException {
        cancelled = true;
        Statement statement = running;
        if (statement != null) {
            statement.cancel();
        }
    }

    /** Stops what runs and undoes what is not committed. */
    void close() throws SQLException {
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
            statement.execute(sql);
        } finally {
            idle();
        }
    }
}
