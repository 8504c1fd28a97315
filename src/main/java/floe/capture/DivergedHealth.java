package floe.capture;

import floe.state.DivergedTables;
import floe.state.Divergence;
import floe.change.TableId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Whether every captured table is equal to its copy, as far as the binlog tells: DOWN while one has diverged.
 *
 * <p>A divergence is logged when it is new.
 */
final class DivergedHealth extends AbstractHealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DivergedHealth.class);
    private static final String WAY_OUT =
            "Rows keep flowing; a new snapshot makes the tables equal again: floe snapshot";

    private final Set<TableId> captured;
    private volatile DivergedTables shown = DivergedTables.NONE;

    DivergedHealth(Set<TableId> captured) {
        super("floe", "diverged-tables");
        this.captured = captured;
    }

    /** Shows these from now on. */
    void show(DivergedTables diverged) {
        DivergedTables before = shown;
        if (!diverged.equals(before)) {
            shown = diverged;
            ofCaptured(diverged).stream()
                    .filter(entry -> before.entries().stream().noneMatch(entry::isLike))
                    .forEach(DivergedHealth::log);
        }
    }

    /** How many tables have diverged. */
    double count() {
        return (double)
                ofCaptured(shown).stream().map(Divergence::table).distinct().count();
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<Divergence> entries = ofCaptured(shown);
        if (entries.isEmpty()) {
            builder.up();
        } else {
            builder.message(entries.stream().map(Divergence::toString).collect(Collectors.joining("\n", "", "\n"))
                            + WAY_OUT)
                    .down();
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    private static void log(Divergence entry) {
        try (var about = MDC.putCloseable("table", entry.table().toString())) {
            LOG.warn("{}. {}", entry, WAY_OUT);
        }
    }

    private List<Divergence> ofCaptured(DivergedTables diverged) {
        return diverged.entries().stream()
                .filter(entry -> captured.contains(entry.table()))
                .toList();
    }
}
