package binlog;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the engine is alive: UP only while it reads, DOWN with the reason otherwise. */
final class CaptureHealth extends AbstractHealthCheck {

    private volatile boolean reading;
    private volatile boolean succeeded;
    private volatile String problem = "capture is starting";
    private volatile String position = "";

    CaptureHealth() {
        super("floe", "capture");
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("position", position);
        if (reading) {
            builder.up();
        } else {
            builder.message(problem).detail("problem", problem).down();
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    void starting() {
        succeeded = false;
    }

    void failed(String reason) {
        reading = false;
        problem = reason;
    }

    void acknowledged(String newPosition) {
        succeeded = true;
        position = newPosition == null ? "" : newPosition;
    }

    /** Whether a batch was acknowledged since the engine was started last. */
    boolean succeededSinceStart() {
        return succeeded;
    }

    void reading() {
        reading = true;
    }
}
