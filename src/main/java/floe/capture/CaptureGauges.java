package floe.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.camel.health.HealthCheck;

/** Shows the state of capture as meters, until it is removed. */
final class CaptureGauges {

    private final MeterRegistry registry;
    private final List<Meter> gauges;

    CaptureGauges(MeterRegistry registry, CaptureHealth health, CaptureProgress progress) {
        this.registry = registry;
        this.gauges = new ArrayList<>(List.of(
                gauge("ready", "1 if capture does its work, 0 if not", health, CaptureGauges::ready),
                gauge(
                        "snapshot",
                        "1 while a snapshot is being taken",
                        progress,
                        any -> any.status().isInSnapshot() ? 1 : 0),
                gauge("diverged.tables", "Tables that need a new snapshot", progress, any ->
                        (double) any.status().divergedTables()),
                TimeGauge.builder("floe.capture.lag", progress, TimeUnit.MILLISECONDS, CaptureGauges::lag)
                        .description("How far what Kinesis has acknowledged is behind MySQL")
                        .register(registry),
                TimeGauge.builder("floe.capture.position.age", progress, TimeUnit.NANOSECONDS, CaptureGauges::age)
                        .description("Time since a position was saved last")
                        .register(registry)));
        for (TableState state : TableState.values()) {
            gauges.add(Gauge.builder("floe.capture.tables", progress, any -> count(any, state))
                    .description("Captured tables and those that cannot be, by what capture does with them")
                    .tag("state", state.text())
                    .register(registry));
        }
    }

    void remove() {
        gauges.forEach(registry::remove);
    }

    private <T> Meter gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        return Gauge.builder("floe.capture." + name, of, value)
                .description(description)
                .register(registry);
    }

    private static double ready(HealthCheck health) {
        return health.call().getState() == HealthCheck.State.UP ? 1 : 0;
    }

    private static double lag(CaptureProgress progress) {
        var millis = progress.status().lag(System.currentTimeMillis());
        return millis.isPresent() ? (double) millis.getAsLong() : Double.NaN;
    }

    private static double count(CaptureProgress progress, TableState state) {
        return Collections.frequency(progress.status().tables().values(), state);
    }

    private static double age(CaptureProgress progress) {
        return (double) (System.nanoTime() - progress.status().savedNanos());
    }
}
