package floe.debezium;

import floe.capture.BinlogSource;
import io.debezium.engine.DebeziumEngine;

/** Tells the reader of the engine's start and end of reading. */
record EngineStart(BinlogSource.Reader reader) implements DebeziumEngine.ConnectorCallback {

    @Override
    public void pollingStarted() {
        reader.reading();
    }

    @Override
    public void pollingStopped() {
        reader.stopped();
    }
}
