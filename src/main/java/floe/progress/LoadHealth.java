package floe.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.health.Standing;
import floe.ledger.Arrivals;
import floe.settings.Settings;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether files are being loaded, for Camel's readiness: down, with the reasons, while one of them cannot be loaded or
 * makes no progress. Up or down it tells how far loading is.
 */
public final class LoadHealth extends AbstractHealthCheck implements Standing {

    private final LoadProgress progress;

    /** @param settings say whether this process loads; if not, there is nothing to check */
    public LoadHealth(Settings settings, LoadProgress progress) {
        super("floe", "load");
        this.progress = progress;
        setEnabled(settings.flag("load.enabled"));
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        LoadStatus status = progress.status();
        builder.detail("staged_files", status.stagedFiles());
        status.oldest().ifPresent(age -> builder.detail("oldest_file_seconds", age.toSeconds()));
        status.lag().ifPresent(lag -> builder.detail("lag_seconds", lag.toSeconds()));
        builder.detail("tables", counts(status.tables()));
        if (!status.unready().isEmpty()) {
            builder.detail("unready_tables", String.join("\n", status.unready()));
        }
        builder.detail("stuck_files", status.stuckFiles());
        builder.detail(
                "dead_letters",
                status.letters().values().stream().mapToLong(Long::longValue).sum());
        status.letters().forEach((reason, count) -> builder.detail("dead_letters_" + reason, count));
        status.heartbeat(Instant.now()).ifPresent(age -> builder.detail("heartbeat_seconds", age.toSeconds()));
        builder.detail("late_records", Arrivals.records(status.arrivals().late()));
        builder.detail("missing_records", Arrivals.records(status.arrivals().missing()));
        builder.detail("warehouse", status.warehouse());
        if (status.ready()) {
            builder.up();
        } else {
            builder.down().message(String.join("\n", status.trouble()));
        }
    }

    @Override
    public void tell(ObjectNode load) {
        LoadStatus status = progress.status();
        status.lag().ifPresent(lag -> load.put("lag_seconds", lag.toMillis() / 1000.0));
        load.put("staged_files", status.stagedFiles());
        status.oldest().ifPresent(age -> load.put("oldest_file_seconds", age.toSeconds()));
        load.put("stuck_files", status.stuckFiles());
        status.heartbeat(Instant.now()).ifPresent(age -> load.put("heartbeat_seconds", age.toSeconds()));
        load.put("late_records", Arrivals.records(status.arrivals().late()));
        load.put("missing_records", Arrivals.records(status.arrivals().missing()));
        load.put("warehouse", status.warehouse());
        ObjectNode letters = load.putObject("dead_letters");
        status.letters().forEach((reason, count) -> letters.put(reason.name(), count));
        progress.tell(load.putArray("tables"));
    }

    /** Such as {@code 57 ready, 2 reading, 1 set aside}. */
    private static String counts(Map<TableState, Integer> tables) {
        return Arrays.stream(TableState.values())
                .filter(state -> state == TableState.READY || tables.containsKey(state))
                .map(state -> tables.getOrDefault(state, 0) + " " + state.text())
                .collect(Collectors.joining(", "));
    }
}
