package local.snowflake.wire;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import local.snowflake.catalog.Session;
import local.snowflake.catalog.StatementFaults;
import local.snowflake.values.SnowflakeError;

/** What shall go wrong. Everything can be changed while the stand-in runs; nothing is on at first. */
public final class Faults {

    /** What becomes of one request for a query. */
    enum Fate {
        SERVED,
        REFUSED,
        DROPPED_BEFORE,
        DROPPED_AFTER
    }

    private record Refusals(double fraction, Random random, int status) {}

    private final Sessions sessions;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger droppedBefore = new AtomicInteger();
    private final AtomicInteger droppedAfter = new AtomicInteger();
    private final StatementFaults statements;
    private final AtomicInteger struck = new AtomicInteger();

    private volatile Duration latency = Duration.ZERO;
    private volatile Duration lockTimeout = Duration.ofSeconds(60);
    private volatile Duration patience = Duration.ofSeconds(45);
    private volatile Refusals refusals = new Refusals(0, new Random(0), 503);
    private volatile int refusalStatus = 503;

    public Faults(Sessions sessions, StatementFaults statements) {
        this.sessions = sessions;
        this.statements = statements;
    }

    /** Lets every query take this much longer. */
    public Faults latency(Duration latency) {
        this.latency = latency;
        return this;
    }

    /** Answers each CALL as an apply procedure does that had nothing to refuse, without calling it. */
    public Faults skipCalls() {
        statements.skipCalls();
        return this;
    }

    /** Answers the next {@code count} query requests with the HTTP status, such as 503, 429 or 500. */
    public Faults refuseNext(int count, int status) {
        refusalStatus = status;
        refused.set(count);
        return this;
    }

    /** Answers this fraction of the query requests, from 0 to 1, with the HTTP status; the seed decides which. */
    public Faults refuseFraction(double fraction, long seed, int status) {
        refusals = new Refusals(fraction, new Random(seed), status);
        return this;
    }

    /** Drops the connection of the next {@code count} query requests before anything is executed. */
    public Faults dropBeforeExecuting(int count) {
        droppedBefore.set(count);
        return this;
    }

    /** Executes the next {@code count} query requests, and drops the connection in place of the answer. */
    public Faults dropAfterExecuting(int count) {
        droppedAfter.set(count);
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
    public Faults failNext(int count, Predicate<String> of, int code, String sqlState, String message) {
        statements.failNext(count, of, code, sqlState, message);
        return this;
    }

    /**
     * Lets the server die at the next statement, one inside of a procedure included, whose text fulfils {@code at}: what
     * runs is undone, all sessions are gone, no request under way is answered, and none that comes within {@code lasting}.
     */
    public Faults dieAt(Predicate<String> at, Duration lasting) {
        statements.dieAt(at, lasting);
        return this;
    }

    /** How often the server has died. */
    public int deaths() {
        return statements.deaths();
    }

    /** Suspends the warehouse by its resource monitor, or resumes it. Only statements about definitions still run. */
    public Faults suspendWarehouse(boolean suspended) {
        statements.suspendWarehouse(suspended);
        return this;
    }

    /** How long a statement waits for another transaction before it fails with 625; 60 seconds at first. */
    public Faults lockTimeout(Duration timeout) {
        lockTimeout = timeout;
        for (Session session : sessions.all()) {
            session.lockTimeout(timeout);
        }
        return this;
    }

    /** How long a request waits for its query before it answers 333333, so that the driver asks again; 45 s at first. */
    public Faults patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    /** Takes every fault back. */
    public Faults clear() {
        refused.set(0);
        droppedBefore.set(0);
        droppedAfter.set(0);
        statements.clear();
        return latency(Duration.ZERO)
                .refuseFraction(0, 0, 503)
                .patience(Duration.ofSeconds(45))
                .lockTimeout(Duration.ofSeconds(60));
    }

    Duration lockTimeout() {
        return lockTimeout;
    }

    Duration patience() {
        return patience;
    }

    /** How many requests for a query were refused or dropped. */
    public int struck() {
        return struck.get();
    }

    /** Whether the server is dead for now. */
    boolean isDead() {
        return statements.isDead();
    }

    /** The status of refused requests that were counted or drawn last. */
    int refusalStatus() {
        return refusalStatus;
    }

    /** Decides what becomes of the next request for a query. */
    Fate next() {
        Fate fate = drawn();
        if (fate != Fate.SERVED) {
            struck.incrementAndGet();
        }
        return fate;
    }

    private Fate drawn() {
        if (take(refused)) {
            return Fate.REFUSED;
        }
        Refusals drawn = refusals;
        if (drawn.fraction() > 0 && drawn.random().nextDouble() < drawn.fraction()) {
            refusalStatus = drawn.status();
            return Fate.REFUSED;
        }
        if (take(droppedBefore)) {
            return Fate.DROPPED_BEFORE;
        }
        return take(droppedAfter) ? Fate.DROPPED_AFTER : Fate.SERVED;
    }

    /** Takes as long as a query shall take. */
    void delay() throws SnowflakeError {
        try {
            TimeUnit.NANOSECONDS.sleep(latency.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SnowflakeError.cancelled();
        }
    }

    private static boolean take(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
