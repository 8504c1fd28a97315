package floe.capture;

import floe.state.Divergence;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether every captured table is equal to its copy, as far as the binlog tells: DOWN while one has diverged. */
final class DivergedHealth extends AbstractHealthCheck {

    private final CaptureProgress progress;

    DivergedHealth(CaptureProgress progress) {
        super("floe", "diverged-tables");
        this.progress = progress;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<Divergence> entries = progress.status().diverged();
        if (entries.isEmpty()) {
            builder.up();
        } else {
            builder.message(entries.stream().map(Divergence::toString).collect(Collectors.joining("\n", "", "\n"))
                            + CaptureProgress.wayOut(entries))
                    .down();
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }
}
