package floe.progress;

import floe.change.UnfitChange;
import floe.ledger.Arrivals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Shows the {@link LoadStatus} as meters. */
public final class LoadGauges {

    private final MeterRegistry registry;
    private final LoadProgress progress;

    private LoadGauges(MeterRegistry registry, LoadProgress progress) {
        this.registry = registry;
        this.progress = progress;
    }

    /** Puts them into {@code registry}, which does not keep {@code progress} in memory. */
    public static void register(MeterRegistry registry, LoadProgress progress) {
        new LoadGauges(registry, progress).register();
    }

    private void register() {
        gauge("ready", "1 if loading does its work, 0 if not", status -> status.ready() ? 1 : 0);
        gauge("staged.files", "Files that are staged and not loaded yet", LoadStatus::stagedFiles);
        gauge("stuck.files", "Files that could not be loaded and are tried again", LoadStatus::stuckFiles);
        seconds(
                "staged.age",
                "Age of the oldest record in the staged files; 0 if there is none",
                status -> seconds(status.oldest(), 0));
        gauge(
                "records.late",
                "Records of the stream that have not arrived and still may",
                status -> Arrivals.records(status.arrivals().late()));
        gauge(
                "records.missing",
                "Records of the stream that did not arrive",
                status -> Arrivals.records(status.arrivals().missing()));
        seconds(
                "heartbeat.age",
                "How long ago capture told last that it is there",
                // Not a number before the first.
                status -> seconds(status.heartbeat(Instant.now()), Double.NaN));
        seconds(
                "lag",
                "How far Snowflake is behind the staged files",
                // Not a number before the first listing.
                status -> seconds(status.lag(), Double.NaN));
        for (TableState state : TableState.values()) {
            Gauge.builder("floe.load.tables", progress, any -> tables(any.status(), state))
                    .description("Tables that load has met since the start, by what it does with them")
                    .tag("state", state.text())
                    .register(registry);
        }
        for (UnfitChange.Reason reason : UnfitChange.Reason.values()) {
            FunctionCounter.builder("floe.load.dead.letters", progress, any -> letters(any.status(), reason))
                    .description("Lines that cannot be applied and were kept")
                    .tag("reason", reason.name())
                    .register(registry);
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<LoadStatus> value) {
        Gauge.builder("floe.load." + name, progress, any -> value.applyAsDouble(any.status()))
                .description(description)
                .register(registry);
    }

    private void seconds(String name, String description, ToDoubleFunction<LoadStatus> value) {
        TimeGauge.builder("floe.load." + name, progress, TimeUnit.SECONDS, any -> value.applyAsDouble(any.status()))
                .description(description)
                .register(registry);
    }

    private static double seconds(Optional<Duration> time, double otherwise) {
        return time.map(some -> (double) some.toSeconds()).orElse(otherwise);
    }

    private static double tables(LoadStatus status, TableState state) {
        return status.tables().getOrDefault(state, 0);
    }

    private static double letters(LoadStatus status, UnfitChange.Reason reason) {
        return (double) status.letters().getOrDefault(reason, 0L);
    }
}
