package floe.load;

import floe.change.TableId;
import floe.settings.Configured;
import floe.settings.Settings;
import floe.snowflake.Failures;
import floe.snowflake.Target;
import floe.snowflake.Targets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.spi.OnCamelContextStarting;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.ObjectHelper;

/**
 * Counts what loading does, by what Camel tells of calls and files, so that the routes have no steps for it. Nothing is
 * counted row by row.
 */
public class LoadMeters extends Configured {

    private static final String FILE = "direct://load-file";
    private static final Duration[] LATENCIES = Stream.of(
                    "1s", "2s", "5s", "10s", "20s", "30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "6h", "24h")
            .map(time -> Duration.parse("PT" + time))
            .toArray(Duration[]::new);

    private final Map<String, TableMeters> tables = new ConcurrentHashMap<>();
    private boolean configured;
    private boolean byTable;
    private MeterRegistry registry;
    private Counter lines;
    private Counter bytes;
    private Counter retries;
    private Timer latency;
    private Timer loadedFiles;
    private Timer failedFiles;

    public LoadMeters() {
        super("load.enabled");
    }

    /**
     * Up to how many tables have meters of their own.
     *
     * @throws floe.settings.WrongSetting if the setting is missing or wrong
     */
    public static int mostTables(Settings settings) {
        return settings.number("metrics.most-tables", 0, 100_000);
    }

    @Override
    protected void configure(Settings settings) {
        if (configured) {
            // Camel hands its context over more than once.
            return;
        }
        configured = true;
        Targets targets = Targets.from(settings);
        byTable = targets.all().size() <= mostTables(settings);
        // The registry of meters may come after this, and Camel may still exchange the keeper of its listeners.
        OnCamelContextStarting register = camel -> register(
                camel.getRegistry()
                        .lookupByNameAndType("metricsRegistry", io.micrometer.core.instrument.MeterRegistry.class),
                targets);
        getCamelContext().addLifecycleStrategy(LifecycleStrategySupport.adapt(register));
    }

    private void register(MeterRegistry meters, Targets targets) {
        registry = meters;
        lines = counter("lines", "Lines read from staged files", null);
        bytes = counter("bytes", "Bytes read from staged files, uncompressed", "bytes");
        retries = counter("call.retries", "Calls that were repeated, as Snowflake was unwell", null);
        latency = Timer.builder("floe.load.latency")
                .description("Time from the commit in MySQL to the change in Snowflake, of the oldest change of a call")
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
        loadedFiles = file("loaded");
        failedFiles = file("failed");
        targets.all().stream().map(Target::source).forEach(this::of);
        new LoadGauges(registry, getCamelContext().getRegistry().lookupByNameAndType("loading", LoadHealth.class))
                .register();
        getCamelContext().getManagementStrategy().addEventNotifier(new Listener());
    }

    private void called(Exchange exchange, Duration time) {
        Call call = exchange.getVariable("call", Call.class);
        TableMeters table = of(call.origin().table());
        if (exchange.getException() == null) {
            table.applied(call.rows(), time);
            long committed = call.origin().committed();
            if (committed > 0) {
                latency.record(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - committed)));
            }
        } else if (isUnfit(exchange.getException())) {
            table.refused(time);
        } else {
            table.unwell(time);
        }
    }

    private void loaded(Exchange exchange, Duration time) {
        (exchange.getException() == null ? loadedFiles : failedFiles).record(time);
        Steps steps = exchange.getVariable("steps", Steps.class);
        // There are none where the file cannot be had.
        if (steps != null) {
            lines.increment((double) steps.lines());
            bytes.increment((double) steps.bytes());
        }
    }

    private TableMeters of(TableId source) {
        return tables.computeIfAbsent(byTable ? source.toString() : "all", name -> new TableMeters(name, registry));
    }

    private static boolean isUnfit(Exception failure) {
        SQLException refusal = ObjectHelper.getException(SQLException.class, failure);
        return refusal != null && Failures.isUnfit(refusal);
    }

    private Counter counter(String name, String description, String unit) {
        return Counter.builder("floe.load." + name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private Timer file(String outcome) {
        return Timer.builder("floe.load.file")
                .description("Time of loading a file")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Is told of what was sent, and of what is sent again. */
    private final class Listener extends EventNotifierSupport {

        Listener() {
            setupIgnore(true);
            setIgnoreExchangeEvents(false);
            // Camel takes the time only of what it also told to begin.
            setIgnoreExchangeSendingEvents(false);
            setIgnoreExchangeSentEvents(false);
            // Camel takes a redelivery for a kind of failure.
            setIgnoreExchangeFailedEvents(false);
            setIgnoreExchangeRedeliveryEvents(false);
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof ExchangeRedeliveryEvent) {
                retries.increment();
            } else if (event instanceof ExchangeSentEvent sent) {
                Duration time = Duration.ofMillis(sent.getTimeTaken());
                if (sent.getEndpoint() instanceof JdbcEndpoint) {
                    called(sent.getExchange(), time);
                } else if (FILE.equals(sent.getEndpoint().getEndpointUri())) {
                    loaded(sent.getExchange(), time);
                }
            }
        }
    }
}
