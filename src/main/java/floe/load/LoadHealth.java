package floe.load;

import floe.change.UnfitChange;
import floe.health.Stage;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.snowflake.Warehouse;
import floe.staging.Listing;
import floe.staging.StagedFile;
import floe.staging.StagedFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Whether files are being loaded, for Camel's readiness: down, with the reasons, while one of them cannot be or does not
 * get on. Up or down it tells how far loading is.
 *
 * <p>A reason is logged when it is new, not at each poll.
 */
public class LoadHealth extends AbstractHealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LoadHealth.class);

    private final Clock clock = Clock.systemUTC();
    private final Backlog backlog = new Backlog();
    private final Map<UnfitChange.Reason, Long> letters = new EnumMap<>(UnfitChange.Reason.class);
    private String poll = "The staging prefix has not been listed yet";
    private List<String> tables = List.of();

    public LoadHealth() {
        super("floe", "load");
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        super.setCamelContext(camelContext);
        setEnabled(new Settings(new CamelLookup(camelContext)).flag("load.enabled"));
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    /** Notes the tables that are not ready; the staging prefix is listed next. */
    public synchronized void tables(List<String> unready) {
        unready.stream().filter(reason -> !tables.contains(reason)).forEach(LOG::warn);
        tables = List.copyOf(unready);
        stage().pulse().beat("listing the staging prefix");
    }

    /** Notes that a poll listed the staging prefix, and what it found. */
    public synchronized void polled(Listing staged) {
        if (poll != null) {
            LOG.debug("The staging prefix can be listed");
        }
        poll = null;
        backlog.listed(staged, clock.instant());
        stage().pulse().beat("waiting for the next poll");
    }

    /** Notes why a poll ended before it tried any file. */
    public synchronized void pollFailed(Throwable failure) {
        String reason = Reason.of(failure);
        if (!Objects.equals(poll, reason)) {
            try (var route = MDC.putCloseable("route", "s3-to-snowflake")) {
                LOG.warn("Nothing is loaded until this is mended: {}", reason, Reason.traceOf(failure));
            }
        }
        poll = reason;
        stage().pulse().waiting("waiting for the next poll: " + reason);
    }

    /** Notes that a file was loaded, by this loader or by another. */
    public void loaded(StagedFile file) {
        backlog.loaded(file);
    }

    /** Notes that dead letters are safely kept. */
    public synchronized void kept(DeadLetters kept) {
        kept.lines().forEach(letter -> letters.merge(letter.reason(), 1L, Long::sum));
    }

    int stagedFiles() {
        return backlog.size();
    }

    int stuckFiles() {
        return bean("stuck", StuckFiles.class).count();
    }

    /** Seconds; 0 if no file is staged. */
    double oldest() {
        return backlog.oldest(clock.instant())
                .map(Duration::toSeconds)
                .map(Long::doubleValue)
                .orElse(0.0);
    }

    /** Seconds; not a number before the first listing. */
    double lag() {
        return backlog.lag(clock.instant())
                .map(Duration::toSeconds)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    synchronized double deadLetters(UnfitChange.Reason reason) {
        return (double) letters.getOrDefault(reason, 0L);
    }

    @Override
    protected synchronized void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        tell(builder);
        List<String> reasons = reasons();
        if (reasons.isEmpty()) {
            builder.up();
        } else {
            builder.down().message(String.join("\n", reasons));
        }
    }

    private void tell(HealthCheckResultBuilder builder) {
        Instant now = clock.instant();
        builder.detail("staged_files", backlog.size());
        backlog.oldest(now).ifPresent(age -> builder.detail("oldest_file_seconds", age.toSeconds()));
        backlog.lag(now).ifPresent(lag -> builder.detail("lag_seconds", lag.toSeconds()));
        builder.detail("stuck_files", bean("stuck", StuckFiles.class).count());
        builder.detail(
                "dead_letters",
                letters.values().stream().mapToLong(Long::longValue).sum());
        letters.forEach((reason, count) -> builder.detail("dead_letters_" + reason, count));
        builder.detail("warehouse", bean("warehouse", Warehouse.class).reach());
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>(tables);
        if (poll != null) {
            reasons.add(poll);
        }
        reasons.addAll(bean("stuck", StuckFiles.class).reasons());
        reasons.addAll(bean("staging", StagedFiles.class).idleLoaders());
        bean("doorbell", Doorbell.class).trouble().ifPresent(reasons::add);
        reasons.addAll(stage().blocked());
        return reasons;
    }

    private Stage stage() {
        return getCamelContext().getRegistry().lookupByNameAndType("loadStage", Stage.class);
    }

    private <T> T bean(String name, Class<T> type) {
        return getCamelContext().getRegistry().lookupByNameAndType(name, type);
    }
}
