package local.s3;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.BiPredicate;

/**
 * What goes wrong: nothing, until asked for. May be changed while the server runs.
 *
 * <p>Probabilities run from 0 to 1 and are drawn from one seeded sequence, so that a single caller meets the same
 * faults in every run.
 */
public final class Faults {
    private static final long INITIAL_SEED = 1;

    private final Map<RequestFault, Double> probabilities = new EnumMap<>(RequestFault.class);
    private final Queue<RequestFault> next = new ArrayDeque<>();
    private final Map<RequestFault, Integer> struck = new EnumMap<>(RequestFault.class);
    private final Random random = new Random(INITIAL_SEED);
    private BiPredicate<String, String> requests = (method, path) -> true;
    private Duration latency = Duration.ZERO;

    Faults() {}

    /** Starts the random sequence anew. */
    public synchronized Faults seed(long seed) {
        random.setSeed(seed);
        return this;
    }

    /** Each request is served only after this time. */
    public synchronized Faults latency(Duration perRequest) {
        latency = perRequest;
        return this;
    }

    /** Lets faults strike only where {@code which} accepts the method and the path, such as PUT and /bucket/key. */
    public synchronized Faults only(BiPredicate<String, String> which) {
        requests = which;
        return this;
    }

    /** Fails a share of the requests. */
    public synchronized Faults failRequests(RequestFault fault, double probability) {
        probabilities.put(fault, probability);
        return this;
    }

    /** Fails the next {@code count} requests, after those already asked for. */
    public synchronized Faults failNextRequests(RequestFault fault, int count) {
        for (int i = 0; i < count; i++) {
            next.add(fault);
        }
        return this;
    }

    /** Ends all faults; the random sequence goes on. */
    public synchronized Faults clear() {
        probabilities.clear();
        next.clear();
        requests = (method, path) -> true;
        latency = Duration.ZERO;
        return this;
    }

    /** How often each fault has struck, {@link #clear()} or not. */
    public synchronized Map<RequestFault, Integer> struck() {
        return new EnumMap<>(struck);
    }

    synchronized Duration latency() {
        return latency;
    }

    synchronized Optional<RequestFault> of(String method, String path) {
        if (!requests.test(method, path)) {
            return Optional.empty();
        }
        Optional<RequestFault> fault = next.isEmpty() ? drawn() : Optional.of(next.remove());
        fault.ifPresent(which -> struck.merge(which, 1, Integer::sum));
        return fault;
    }

    private Optional<RequestFault> drawn() {
        return probabilities.entrySet().stream()
                .filter(fault -> random.nextDouble() < fault.getValue())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
