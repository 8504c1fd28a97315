package floe.snowflake;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Logs in to Snowflake, for a pool.
 *
 * <p>A login that was refused is not repeated for a while, whoever asks: nobody but an operator mends it, and
 * Snowflake locks a user after five wrong passwords. Until then the refusal is the answer, at once. Safe for use by
 * several threads.
 */
final class Logins implements DataSource {

    /** For so long Snowflake locks a user (MINS_TO_UNLOCK). */
    private static final Duration REST_OF_PASSWORDS = Duration.ofMinutes(15);

    /** Keys lock nobody, and may be given to the user at any time. */
    private static final Duration REST_OF_KEYS = Duration.ofMinutes(1);

    /** By its name, as a native executable, which captures alone, is built without it. */
    private static final String DRIVER = "net.snowflake.client.api.driver.SnowflakeDriver";

    private final String url;
    private final Properties properties;
    private final Duration rest;
    private final AtomicLong tries = new AtomicLong();

    private volatile boolean works;
    private SQLException failure;
    private long failedAt;
    private Connection kept;

    /**
     * @param url of the driver
     * @param properties of the driver, with all that logs in
     */
    Logins(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
        this.rest = properties.containsKey("password") ? REST_OF_PASSWORDS : REST_OF_KEYS;
    }

    /**
     * Logs in if the last login failed, or there was none; the pool gets the connection. A pool by itself would go on
     * trying, and tell only that it has none. Who waited for the try of another thread shares its outcome.
     *
     * @throws SQLException if it fails, or was refused a short while ago
     */
    void check() throws SQLException {
        long seen = tries.get();
        if (works) {
            return;
        }
        synchronized (this) {
            if (works) {
                return;
            }
            if (tries.get() != seen) {
                throw again(failure);
            }
            kept = login();
        }
    }

    private static Driver driver() throws SQLException {
        try {
            return Class.forName(DRIVER)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SQLException("Snowflake's driver is not part of this executable: run what loads on a JVM", e);
        }
    }

    /** Whether the last login was refused, be it that another one is due. */
    synchronized boolean isRefused() {
        return failure != null && Failures.isRefusedLogin(failure);
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        Connection connection = kept == null ? login() : kept;
        kept = null;
        return connection;
    }

    /** Ends the connection that the pool did not take. */
    synchronized void close() throws SQLException {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }

    private Connection login() throws SQLException {
        if (isRefused() && System.nanoTime() - failedAt < rest.toNanos()) {
            throw again(failure);
        }
        tries.incrementAndGet();
        try {
            Connection connection = TaggedCalls.on(driver().connect(url, properties));
            works = true;
            failure = null;
            return connection;
        } catch (SQLException e) {
            throw failed(e);
        } catch (RuntimeException e) {
            // The driver lets those out that keys of some kinds make.
            throw failed(new SQLException("The driver failed: " + e, "28000", Failures.WRONG_KEY, e));
        }
    }

    private SQLException failed(SQLException e) {
        failure = e;
        failedAt = System.nanoTime();
        works = works && !Failures.isRefusedLogin(e);
        return e;
    }

    /** Anew for each thread, as those who catch one add to it. */
    private static SQLException again(SQLException failure) {
        return new SQLException(failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), failure);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("Nobody else logs in here");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The driver has a log of its own.
    }

    /** The driver's property {@code loginTimeout} counts. */
    @Override
    public void setLoginTimeout(int seconds) {
        // It is among the properties.
    }

    /** The pool waits as long for a login when it is closed. */
    @Override
    public int getLoginTimeout() {
        return Integer.parseInt(properties.getProperty("loginTimeout", "5"));
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("There is none");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("Nothing is wrapped here");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
