package floe.snowflake;

import com.zaxxer.hikari.HikariDataSource;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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

    private static final String DRIVER = "net.snowflake.client.api.driver.SnowflakeDriver";
    private static final Logger LOG = LoggerFactory.getLogger(Warehouse.class);
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final Reach reach = new Reach(Clock.systemUTC());
    private CamelContext camel;
    private Address address;

    /** For the registry, which hands over the Camel context afterwards. */
    public Warehouse() {}

    /** For use beside Camel's routes. */
    public Warehouse(Settings settings) {
        configure(settings);
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
        Settings settings = new Settings(camelContext);
        if (settings.flag("load.enabled")) {
            configure(settings);
            address.warning().ifPresent(LOG::warn);
            OnCamelContextStopped close = stopped -> close();
            camelContext.addLifecycleStrategy(LifecycleStrategySupport.adapt(close));
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Connection connection = super.getConnection();
            reach.succeeded();
            return connection;
        } catch (SQLException e) {
            reach.failed(e);
            throw e;
        }
    }

    /** Whether Snowflake gave a connection when it was last needed, and how long ago that was. */
    public String reach() {
        return reach.toString();
    }

    private void configure(Settings settings) {
        setPoolName("snowflake");
        setDriverClassName(DRIVER);
        address = Address.read(settings);
        setJdbcUrl(address.url());
        // One for each file that is being loaded, and one to look at tables with.
        setMaximumPoolSize(settings.number("load.parallel-files", 1, 64) + 1);
        setMinimumIdle(0);
        setIdleTimeout(IDLE.toMillis());
        setKeepaliveTime(0);
        setInitializationFailTimeout(-1);
        setConnectionTimeout(settings.duration("snowflake.connect-timeout").toMillis());
        setExceptionOverride(new LostSessions());
        authenticate(settings);
        name(settings, "warehouse");
        name(settings, "role");
        name(settings, "database", "db");
        name(settings, "schema");
        addDataSourceProperty("application", "Floe");
        // Arrow, the default, needs a JVM option; the answers here are a few rows.
        addDataSourceProperty("JDBC_QUERY_RESULT_FORMAT", "JSON");
        // Times without a zone, which events of older readers carry, are UTC like all others.
        addDataSourceProperty("TIMEZONE", "UTC");
        addDataSourceProperty(
                "STATEMENT_TIMEOUT_IN_SECONDS",
                Long.toString(settings.duration("snowflake.statement-timeout").toSeconds()));
    }

    private void authenticate(Settings settings) {
        setUsername(settings.text("snowflake.user", "the name of a Snowflake user"));
        Optional<String> keyFile = settings.optional("snowflake.private-key-file");
        Optional<String> password = settings.optionalSecret("snowflake.password");
        if (keyFile.isPresent()) {
            if (!Files.isReadable(Path.of(keyFile.get()))) {
                throw new WrongSetting(
                        "snowflake.private-key-file", keyFile.get(), "a file that Floe can read, in PKCS#8 form");
            }
            addDataSourceProperty("private_key_file", keyFile.get());
            settings.optionalSecret("snowflake.private-key-password")
                    .ifPresent(secret -> addDataSourceProperty("private_key_pwd", secret));
        } else if (password.isPresent()) {
            setPassword(password.get());
        } else {
            throw new WrongSetting(
                    "snowflake.private-key-file",
                    "",
                    "the private key of the user, or snowflake.password its password, or snowflake.password-file a file"
                            + " with it");
        }
    }

    private void name(Settings settings, String key) {
        name(settings, key, key);
    }

    private void name(Settings settings, String key, String property) {
        settings.optional("snowflake." + key).ifPresent(name -> addDataSourceProperty(property, name));
    }
}
