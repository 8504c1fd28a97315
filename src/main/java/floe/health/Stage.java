package floe.health;

import floe.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * One of Floe's stages, with the pulses of what it works on. As a check of Camel's liveness it is DOWN once a pulse has
 * stopped or the stage has died, and names what it was doing.
 *
 * <p>Waiting for someone else is no reason: who waits tries again, and the pulse goes on.
 */
public final class Stage extends AbstractHealthCheck {

    private final String name;
    private final LongSupplier nanoTime;
    private final Pulse own;
    private final Map<String, Pulse> works = new ConcurrentHashMap<>();
    private final Patience patience;
    private volatile boolean resting;
    private volatile String death;

    /**
     * @param name of the role, {@code capture} or {@code load}
     * @param patience how long it may stand still
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    Stage(String name, Patience patience, LongSupplier nanoTime) {
        super("floe", name + "-pulse");
        this.name = name;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.own = new Pulse("", nanoTime);
    }

    /**
     * The stage of this name as configured; where its role is off it is no check.
     *
     * @param name of the role, {@code capture} or {@code load}
     * @throws floe.settings.WrongSetting if a setting under {@code health} is missing or wrong
     */
    public static Stage read(String name, Settings settings) {
        Stage stage = new Stage(name, Patience.read(settings), System::nanoTime);
        stage.setEnabled(settings.flag(name + ".enabled"));
        return stage;
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    /** The pulse of the stage itself, which counts while it works on nothing else. */
    public Pulse pulse() {
        return own;
    }

    /** The pulse of one of the things that it works on at the same time. */
    public Pulse pulse(String work) {
        return works.computeIfAbsent(work, key -> new Pulse(key, nanoTime));
    }

    /** The work is over, well or not. */
    public void end(String work) {
        works.remove(work);
        own.beat();
    }

    /** The stage was stopped by intent: nobody expects its own pulse until it begins again. */
    public void rest() {
        resting = true;
    }

    /** The stage begins, as it does by itself when the process starts. */
    public void begin() {
        death = null;
        resting = false;
        own.beat("beginning");
    }

    /** The stage has ended for a reason that only a restart of the process mends. */
    public void died(String why) {
        death = why;
    }

    /** What has made no progress for longer than {@code health.blocked-after}, and what it was doing; empty if all is well. */
    public List<String> blocked() {
        return tooLong(Pulse::sinceProgress, patience.blockedAfter(), "has made no progress for");
    }

    /** What has shown no sign of life for longer than {@code health.stalled-after}; empty if all is well. */
    List<String> stalled() {
        if (death != null) {
            return List.of(name + " has ended: " + death);
        }
        return tooLong(Pulse::sinceAlive, patience.stalledAfter(), "has shown no sign of life for");
    }

    private List<String> tooLong(Function<Pulse, Duration> silence, Duration limit, String what) {
        List<Pulse> counting = List.copyOf(works.values());
        return (counting.isEmpty() && !resting ? Stream.of(own) : counting.stream())
                .filter(pulse -> silence.apply(pulse).compareTo(limit) > 0)
                .map(pulse -> name + " " + what + " " + silence.apply(pulse).toSeconds() + " s: " + pulse.doing())
                .toList();
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> stalled = stalled();
        if (stalled.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join("\n", stalled)).down();
        }
    }
}
