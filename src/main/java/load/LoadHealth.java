package load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;
import staging.StagedFiles;

/**
 * Whether files are being loaded, for Camel's readiness: down, with the reasons, while one of them cannot be.
 *
 * <p>A reason is logged when it is new, not at each poll.
 */
public class LoadHealth extends AbstractHealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LoadHealth.class);

    private StuckFiles stuck;
    private String poll = "The staging prefix has not been listed yet";
    private List<String> tables = List.of();

    public LoadHealth() {
        super("floe", "load");
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        super.setCamelContext(camelContext);
        setEnabled(new Settings(camelContext).flag("load.enabled"));
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    /** Notes that a poll listed the staging prefix. */
    public synchronized void polled() {
        if (poll != null) {
            LOG.debug("The staging prefix can be listed");
        }
        poll = null;
    }

    /** Notes why a poll ended before it tried any file. */
    public synchronized void pollFailed(Throwable failure) {
        String reason = Reason.of(failure);
        if (!Objects.equals(poll, reason)) {
            LOG.warn("Nothing is loaded until this is mended: {}", reason, Reason.traceOf(failure));
        }
        poll = reason;
    }

    /** Notes the tables that are not ready. */
    public synchronized void tables(List<String> unready) {
        unready.stream().filter(reason -> !tables.contains(reason)).forEach(LOG::warn);
        tables = List.copyOf(unready);
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> reasons = reasons();
        if (reasons.isEmpty()) {
            builder.up();
        } else {
            builder.down().message(String.join("\n", reasons));
        }
    }

    private synchronized List<String> reasons() {
        List<String> reasons = new ArrayList<>(tables);
        if (poll != null) {
            reasons.add(poll);
        }
        if (stuck == null) {
            stuck = getCamelContext().getRegistry().lookupByNameAndType("stuck", StuckFiles.class);
        }
        reasons.addAll(stuck.reasons());
        reasons.addAll(getCamelContext()
                .getRegistry()
                .lookupByNameAndType("staging", StagedFiles.class)
                .idleLoaders());
        getCamelContext()
                .getRegistry()
                .lookupByNameAndType("doorbell", Doorbell.class)
                .trouble()
                .ifPresent(reasons::add);
        return reasons;
    }
}
