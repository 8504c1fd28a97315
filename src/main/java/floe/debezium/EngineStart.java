package floe.debezium;

import floe.capture.CaptureHealth;
import io.debezium.engine.DebeziumEngine;

/** What follows from the engine's start and end of reading, as its connector callback tells. */
public final class EngineStart implements DebeziumEngine.ConnectorCallback {

    private final CaptureHealth health;
    private final Runnable whenReading;

    public EngineStart(CaptureHealth health, Runnable whenReading) {
        this.health = health;
        this.whenReading = whenReading;
    }

    @Override
    public void pollingStarted() {
        health.reading();
        whenReading.run();
    }

    @Override
    public void pollingStopped() {
        health.failed("the engine has stopped reading");
    }
}
