package floe.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.camel.health.HealthCheck;

/** Shows the state of capture as meters, until it is removed. */
final class CaptureGauges {

    private final MeterRegistry registry;
    private final List<Meter> gauges;
    private volatile long acknowledgedNanos = System.nanoTime();

    CaptureGauges(MeterRegistry registry, CaptureHealth health, DivergedHealth diverged, SourceLag lag) {
        this.registry = registry;
        this.gauges = List.of(
                gauge("ready", "1 if capture does its work, 0 if not", health, CaptureGauges::ready),
                gauge("snapshot", "1 while a snapshot is being taken", health, any -> any.isInSnapshot() ? 1 : 0),
                gauge("diverged.tables", "Tables that need a new snapshot", diverged, DivergedHealth::count),
                TimeGauge.builder("floe.capture.lag", lag, TimeUnit.MILLISECONDS, CaptureGauges::millis)
                        .description("How far what Kinesis has acknowledged is behind MySQL")
                        .register(registry),
                TimeGauge.builder("floe.capture.position.age", this, TimeUnit.NANOSECONDS, CaptureGauges::age)
                        .description("Time since a position was saved last")
                        .register(registry));
    }

    /** A position was saved. */
    void acknowledged() {
        acknowledgedNanos = System.nanoTime();
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

    private static double millis(SourceLag lag) {
        var millis = lag.millis();
        return millis.isPresent() ? (double) millis.getAsLong() : Double.NaN;
    }

    private double age() {
        return (double) (System.nanoTime() - acknowledgedNanos);
    }
}
