package floe.load;

import floe.change.UnfitChange;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.camel.health.HealthCheck;

/** Shows as meters what {@link LoadHealth} knows. */
final class LoadGauges {

    private final MeterRegistry registry;
    private final LoadHealth health;

    LoadGauges(MeterRegistry registry, LoadHealth health) {
        this.registry = registry;
        this.health = health;
    }

    void register() {
        gauge("ready", "1 if loading does its work, 0 if not", LoadGauges::ready);
        gauge("staged.files", "Files that are staged and not loaded yet", LoadHealth::stagedFiles);
        gauge("stuck.files", "Files that could not be loaded and are tried again", LoadHealth::stuckFiles);
        seconds("staged.age", "Age of the oldest record in the staged files; 0 if there is none", LoadHealth::oldest);
        seconds("lag", "How far Snowflake is behind the staged files", LoadHealth::lag);
        for (UnfitChange.Reason reason : UnfitChange.Reason.values()) {
            FunctionCounter.builder("floe.load.dead.letters", health, any -> any.deadLetters(reason))
                    .description("Lines that cannot be applied and were kept")
                    .tag("reason", reason.name())
                    .register(registry);
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<LoadHealth> value) {
        Gauge.builder("floe.load." + name, health, value)
                .description(description)
                .register(registry);
    }

    private void seconds(String name, String description, ToDoubleFunction<LoadHealth> value) {
        TimeGauge.builder("floe.load." + name, health, TimeUnit.SECONDS, value)
                .description(description)
                .register(registry);
    }

    private static double ready(LoadHealth health) {
        return health.call().getState() == HealthCheck.State.UP ? 1 : 0;
    }
}
