package floe.capture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.TableId;
import floe.health.Stage;
import floe.health.Standing;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether capture gets on: UP only while the source is read and what it reads is stored, DOWN with the reason otherwise. */
final class CaptureHealth extends AbstractHealthCheck implements Standing {

    private final Stage stage;
    private final CaptureProgress progress;
    private final LongSupplier millis;

    /** @param millis the clock, in milliseconds since 1970 (UTC) */
    CaptureHealth(Stage stage, CaptureProgress progress, LongSupplier millis) {
        super("floe", "capture");
        this.stage = stage;
        this.progress = progress;
        this.millis = millis;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        CaptureStatus status = progress.status();
        builder.detail("engine", status.reading() ? "reads the binlog" : "down");
        builder.detail("tables", counts(status.tables().values()));
        if (!status.snapshots().isEmpty()) {
            builder.detail("snapshots", String.join("\n", status.readings()));
        }
        if (!progress.unmatched().isEmpty()) {
            builder.detail(
                    "warnings",
                    "capture.tables asks for tables that are not there: " + String.join(", ", progress.unmatched()));
        }
        builder.detail("doing", stage.pulse().doing());
        builder.detail("position", status.position());
        status.lag(millis.getAsLong()).ifPresent(lag -> builder.detail("lag_seconds", lag / 1000));
        List<String> blocked = stage.blocked();
        if (!status.reading()) {
            builder.message(status.problem()).down();
        } else if (!blocked.isEmpty()) {
            builder.message(String.join("\n", blocked)).down();
        } else {
            builder.up();
        }
    }

    @Override
    public void tell(ObjectNode capture) {
        CaptureStatus status = progress.status();
        capture.put("position", status.position());
        status.lag(millis.getAsLong()).ifPresent(lag -> capture.put("lag_seconds", lag / 1000.0));
        ArrayNode tables = capture.putArray("tables");
        Map<TableId, String> about = status.about();
        status.tables().forEach((table, state) -> {
            ObjectNode line = tables.addObject().put("table", table.toString()).put("state", state.text());
            if (about.containsKey(table)) {
                line.put("about", about.get(table));
            }
        });
    }

    /** Such as {@code 57 streaming, 2 reading, 1 set aside}. */
    private static String counts(Collection<TableState> states) {
        return Arrays.stream(TableState.values())
                .filter(state -> state == TableState.STREAMING || states.contains(state))
                .map(state -> Collections.frequency(states, state) + " " + state.text())
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean isLiveness() {
        return false;
    }
}
