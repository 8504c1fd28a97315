package local.snowflake.catalog;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import local.snowflake.values.SnowflakeError;

/** What shall go wrong with statements, those inside of procedures included. */
public final class StatementFaults {

    private record Failure(AtomicInteger left, Predicate<String> of, int code, String sqlState, String message) {

        /** Whether this statement fails, and one less is to fail. */
        boolean strikes(String statement) {
            return of.test(statement) && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }
    }

    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final Outage outage = new Outage();

    private volatile boolean suspended;
    private volatile boolean skipsCalls;

    /** Answers each CALL, but of those that make tables, as an apply procedure does that had nothing to refuse, without calling it. */
    public void skipCalls() {
        skipsCalls = true;
    }

    boolean skipsCalls() {
        return skipsCalls;
    }

    /**
     * Fails the next {@code count} statements whose text fulfils {@code of}.
     *
     * @param code Snowflake's error code
     */
    public void failNext(int count, Predicate<String> of, int code, String sqlState, String message) {
        failures.add(new Failure(new AtomicInteger(count), of, code, sqlState, message));
    }

    /** Lets the server die at the next statement whose text fulfils {@code at}, for as long as {@code lasting}. */
    public void dieAt(Predicate<String> at, Duration lasting) {
        outage.next(at, lasting);
    }

    /** How often the server has died. */
    public int deaths() {
        return outage.count();
    }

    /** Whether the server is dead for now. */
    public boolean isDead() {
        return outage.isOn();
    }

    /** Suspends the warehouse by its resource monitor, or resumes it. Only statements about definitions still run. */
    public void suspendWarehouse(boolean suspended) {
        this.suspended = suspended;
    }

    /** Takes back what fails statements. */
    public void clear() {
        failures.clear();
        outage.clear();
        suspended = false;
    }

    /** Fails a statement if it shall fail. */
    void check(String statement, boolean needsWarehouse, String warehouse) throws SnowflakeError {
        outage.check(statement);
        if (suspended && needsWarehouse) {
            throw new SnowflakeError(
                    90073,
                    "22000",
                    "Warehouse '" + warehouse
                            + "' cannot be resumed because resource monitor 'LIMIT' has exceeded its quota.");
        }
        for (Failure failure : failures) {
            if (failure.strikes(statement)) {
                throw new SnowflakeError(failure.code(), failure.sqlState(), failure.message());
            }
        }
    }
}
