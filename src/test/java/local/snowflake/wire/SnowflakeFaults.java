package local.snowflake.wire;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;
import local.http.Faults;
import local.snowflake.catalog.Session;
import local.snowflake.catalog.StatementFaults;

/**
 * What shall go wrong. Everything can be changed while the stand-in runs; nothing is on at first. Of all requests it is
 * only those for a query that faults befall, and latency makes only queries take longer.
 */
public final class SnowflakeFaults extends Faults {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Sessions sessions;
    private final StatementFaults statements;

    private volatile Duration lockTimeout = LOCK_TIMEOUT;
    private volatile Duration patience = PATIENCE;

    public SnowflakeFaults(Sessions sessions, StatementFaults statements) {
        this.sessions = sessions;
        this.statements = statements;
    }

    /** Answers each CALL, but of those that make tables, as an apply procedure does that had nothing to refuse, without calling it. */
    public SnowflakeFaults skipCalls() {
        statements.skipCalls();
        return this;
    }

    /** Lets all session tokens expire (390112): the driver renews them. */
    public void expireSessions() {
        sessions.expireAll();
    }

    /** Ends all sessions (390104): what they had not committed is undone, and their connections are useless. */
    public void forgetSessions() throws SQLException {
        sessions.forgetAll();
    }

    /**
     * Fails the next {@code count} statements, those inside of procedures included, whose text fulfils {@code of}.
     *
     * @param code Snowflake's error code
     */
    public SnowflakeFaults failNext(int count, Predicate<String> of, int code, String sqlState, String message) {
        statements.failNext(count, of, code, sqlState, message);
        return this;
    }

    /**
     * Lets the server die at the next statement, one inside of a procedure included, whose text fulfils {@code at}: what
     * runs is undone, all sessions are gone, no request under way is answered, and none that comes within {@code lasting}.
     */
    public SnowflakeFaults dieAt(Predicate<String> at, Duration lasting) {
        statements.dieAt(at, lasting);
        return this;
    }

    /** How often the server has died. */
    public int deaths() {
        return statements.deaths();
    }

    /** Has each session read tables as they are now, until it changed a row itself, as READ_CONSISTENCY_MODE=SESSION allows. */
    public SnowflakeFaults staleReads(boolean on) {
        try {
            sessions.catalog().staleReads(on);
        } catch (SQLException e) {
            throw new IllegalStateException("The tables cannot be copied", e);
        }
        return this;
    }

    /** Suspends the warehouse by its resource monitor, or resumes it. Only statements about definitions still run. */
    public SnowflakeFaults suspendWarehouse(boolean suspended) {
        statements.suspendWarehouse(suspended);
        return this;
    }

    /** How long a statement waits for another transaction before it fails with 625; 60 seconds at first. */
    public SnowflakeFaults lockTimeout(Duration timeout) {
        lockTimeout = timeout;
        for (Session session : sessions.all()) {
            session.lockTimeout(timeout);
        }
        return this;
    }

    /** How long a request waits for its query before it answers 333333, so that the driver asks again; 45 s at first. */
    public SnowflakeFaults patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    @Override
    public synchronized SnowflakeFaults clear() {
        super.clear();
        statements.clear();
        staleReads(false);
        return patience(PATIENCE).lockTimeout(LOCK_TIMEOUT);
    }

    Duration lockTimeout() {
        return lockTimeout;
    }

    Duration patience() {
        return patience;
    }

    /** Whether the server is dead for now. */
    boolean isDead() {
        return statements.isDead();
    }
}
