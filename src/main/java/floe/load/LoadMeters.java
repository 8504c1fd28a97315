package floe.load;

import floe.change.TableId;
import floe.progress.LoadGauges;
import floe.progress.LoadProgress;
import floe.snowflake.Failures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
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
public final class LoadMeters implements CamelContextAware {

    /** The direct endpoint that loads a file: sending a file to it is loading it. */
    public static final String FILE = "load-file";

    private static final String FILE_URI = "direct://" + FILE;

    private static final Duration[] LATENCIES = Stream.of(
                    "1s", "2s", "5s", "10s", "20s", "30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "6h", "24h")
            .map(time -> Duration.parse("PT" + time))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final int mostTables;
    private final Map<String, TableMeters> tables = new ConcurrentHashMap<>();
    private final Counter lines;
    private final Counter bytes;
    private final Counter retries;
    private final Timer latency;
    private final Timer loadedFiles;
    private final Timer failedFiles;
    private final LoadProgress progress;
    private CamelContext camel;

    /** @param progress is shown by gauges, and told which tables have open snapshots */
    public LoadMeters(MeterRegistry registry, LoadSettings settings, LoadProgress progress) {

        // Where nothing is loaded there are none of these meters: nobody sees what goes there.
        this.registry = settings.targets().isEmpty() ? new CompositeMeterRegistry() : registry;
        mostTables = settings.targets().named().size() <= settings.mostTables() ? settings.mostTables() : 0;
        lines = counter("lines", "Lines read from staged files", null);
        bytes = counter("bytes", "Bytes read from staged files, uncompressed", "bytes");
        retries = counter("call.retries", "Calls that were repeated, as Snowflake was unwell", null);
        latency = Timer.builder("floe.load.latency")
                .description("Time from the commit in MySQL to the change in Snowflake, of the oldest change of a call")
                .serviceLevelObjectives(LATENCIES)
                .register(this.registry);
        this.progress = progress;
        loadedFiles = file("loaded");
        failedFiles = file("failed");
        settings.targets().named().forEach(this::of);
        LoadGauges.register(this.registry, progress);
    }

    /** Listens from the start on: Camel may still exchange the keeper of its listeners before. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
        OnCamelContextStarting listen =
                starting -> starting.getManagementStrategy().addEventNotifier(new Listener());
        camelContext.addLifecycleStrategy(LifecycleStrategySupport.adapt(listen));
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    private void called(Exchange exchange, Duration time) {
        Call call = exchange.getVariable(Call.VARIABLE, Call.class);
        TableMeters table = of(call.origin().table());
        if (exchange.getException() == null) {
            String text = Answer.text(exchange.getMessage().getBody());
            Optional<Answer> answered = Answer.of(text);
            boolean nothing =
                    Answer.unready(text).isPresent() || !Answer.misfits(text).isEmpty();
            int unfit = answered.map(Answer::misfits).orElse(0);
            table.applied(nothing ? 0 : Math.max(0, call.rows() - unfit), nothing ? 0 : call.nullDates(), time);
            answered.filter(Answer::tellsOfSnapshots).ifPresent(answer -> {
                table.snapshots(call.origin().table(), answer);
                progress.inSnapshot(call.origin().table(), answer.openSnapshots() > 0);
            });
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
        Steps steps = exchange.getVariable(Steps.VARIABLE, Steps.class);
        // There are none where the file cannot be had.
        if (steps != null) {
            lines.increment((double) steps.lines());
            bytes.increment((double) steps.bytes());
        }
    }

    /** Tables that come under a pattern have meters of their own as long as there are few. */
    private TableMeters of(TableId source) {
        TableMeters own = tables.get(source.toString());
        if (own != null) {
            return own;
        }
        String name = tables.size() < mostTables ? source.toString() : "all";
        return tables.computeIfAbsent(name, any -> new TableMeters(any, registry));
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
                } else if (FILE_URI.equals(sent.getEndpoint().getEndpointUri())) {
                    loaded(sent.getExchange(), time);
                }
            }
        }
    }
}
