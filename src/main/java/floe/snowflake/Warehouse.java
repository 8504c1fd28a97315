package floe.snowflake;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.OnCamelContextStopped;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to Snowflake.
 *
 * <p>One for each file that is being loaded and one more, opened when they are needed and closed when they have been idle:
 * an idle Floe keeps no warehouse awake. Nothing is connected before the first use, so a Snowflake that is out of reach stops no start.
 */
public class Warehouse extends HikariDataSource implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(Warehouse.class);
    private static final Duration IDLE = Duration.ofMinutes(2);

    /**
     * Snowflake answers each request within 45 seconds, be it that the statement still runs; the driver waits for 5 minutes,
     * seven times over, for one whose connection has silently gone.
     */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(90);

    /** With {@code camel.main.shutdown-timeout} before it, shorter than the 30 seconds that Kubernetes leaves by default. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Reach reach = new Reach(Clock.systemUTC());
    private final Logins logins;
    private CamelContext camel;

    /** @param settings say where Snowflake is, and who connects */
    public Warehouse(WarehouseSettings settings) {
        settings.warning().ifPresent(LOG::warn);
        logins = new Logins(settings.url(), properties(settings));
        setPoolName("snowflake");
        setDataSource(logins);
        setMaximumPoolSize(settings.connections());
        setMinimumIdle(0);
        setIdleTimeout(IDLE.toMillis());
        setKeepaliveTime(0);
        setInitializationFailTimeout(-1);
        setConnectionTimeout(settings.connectTimeout().toMillis());
        setExceptionOverride(new LostSessions());
    }

    private static Properties properties(WarehouseSettings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        properties.setProperty("user", settings.user());
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty(
                "loginTimeout",
                Long.toString(Math.max(1, settings.connectTimeout().toSeconds())));
        properties.setProperty("application", "Floe");
        properties.setProperty("QUERY_TAG", "{\"app\":\"floe\"}");
        properties.setProperty("networkTimeout", Long.toString(LONGEST_ANSWER.toMillis()));
        properties.setProperty("HTTP_CLIENT_SOCKET_TIMEOUT", Long.toString(LONGEST_ANSWER.toMillis()));
        // Arrow, the default, needs a JVM option; the answers here are a few rows.
        properties.setProperty("JDBC_QUERY_RESULT_FORMAT", "JSON");
        // Times without a zone, which legacy events carry, are UTC like all others.
        properties.setProperty("TIMEZONE", "UTC");
        return properties;
    }

    /** Closes it with this context. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
        OnCamelContextStopped close = stopped -> close();
        camelContext.addLifecycleStrategy(LifecycleStrategySupport.adapt(close));
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            logins.check();
            Connection connection = super.getConnection();
            reach.succeeded();
            return connection;
        } catch (SQLException e) {
            reach.failed(e);
            throw e;
        }
    }

    /**
     * Asks again whether Snowflake lets Floe in, if it did not when it was last asked, and asking is due.
     *
     * @throws WarehouseUnwell if it does not
     */
    public void checkLogin() {
        if (!logins.isRefused()) {
            return;
        }
        try {
            getConnection().close();
        } catch (SQLException e) {
            throw new WarehouseUnwell(Failures.explain(e), e);
        }
    }

    /**
     * Ends the sessions, for a few seconds at most: the driver repeats that, too, while Snowflake does not answer, and
     * nothing interrupts it. Snowflake ends by itself what is left.
     */
    @Override
    public void close() {
        Thread closing = new Thread(this::endSessions, "snowflake-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_CLOSE.toMillis());
            if (closing.isAlive()) {
                LOG.info("Snowflake does not answer: its sessions are left to end by themselves");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endSessions() {
        super.close();
        try {
            logins.close();
        } catch (SQLException e) {
            LOG.debug("A connection that nobody used did not end well", e);
        }
    }

    /** Whether Snowflake gave a connection when it was last needed, and how long ago that was. */
    public String reach() {
        return reach.toString();
    }
}
