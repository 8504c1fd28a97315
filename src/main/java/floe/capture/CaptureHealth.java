package floe.capture;

import floe.health.Stage;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether capture gets on: UP only while the engine reads and what it reads is stored, DOWN with the reason otherwise. */
public final class CaptureHealth extends AbstractHealthCheck {

    private final Stage stage;
    private final SourceLag lag;

    private volatile boolean reading;
    private volatile boolean snapshot;
    private volatile boolean succeeded;
    private volatile String problem = "capture is starting";
    private volatile String position = "";

    CaptureHealth(Stage stage, SourceLag lag) {
        super("floe", "capture");
        this.stage = stage;
        this.lag = lag;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("engine", !reading ? "down" : snapshot ? "takes a snapshot" : "reads the binlog");
        builder.detail("doing", stage.pulse().doing());
        builder.detail("position", position);
        lag.millis().ifPresent(millis -> builder.detail("lag_seconds", millis / 1000));
        List<String> blocked = stage.blocked();
        if (!reading) {
            builder.message(problem).down();
        } else if (!blocked.isEmpty()) {
            builder.message(String.join("\n", blocked)).down();
        } else {
            builder.up();
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    void starting(boolean withSnapshot) {
        succeeded = false;
        snapshot = withSnapshot;
    }

    public void failed(String reason) {
        reading = false;
        problem = reason;
    }

    /** @param inSnapshot whether the snapshot goes on after this */
    void acknowledged(String newPosition, boolean inSnapshot) {
        succeeded = true;
        snapshot = inSnapshot;
        position = newPosition == null ? "" : newPosition;
    }

    /** The last one that was saved; empty before the first. */
    String position() {
        return position;
    }

    /** Whether a snapshot is being taken. */
    boolean isInSnapshot() {
        return reading && snapshot;
    }

    /** Whether a batch was acknowledged since the engine was started last. */
    boolean succeededSinceStart() {
        return succeeded;
    }

    public void reading() {
        reading = true;
    }
}
