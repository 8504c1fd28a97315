package local.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What goes wrong with the requests to a stand-in: nothing, until asked for. May be changed while the stand-in runs.
 *
 * <p>Probabilities run from 0 to 1 and are drawn from one seeded sequence, so that a single caller meets the same
 * faults in every run. What a request asks for is its operation, which is the method where the service has no other word,
 * and its path: PUT and /bucket/key, or ReceiveMessage and /.
 */
public class Faults {

    private final BiPredicate<String, String> exposed;
    private final Chances<RequestFault> chances = new Chances<>(RequestFault.class);
    private final Queue<RequestFault> next = new ArrayDeque<>();
    private BiPredicate<String, String> requests = (operation, path) -> true;
    private Duration latency = Duration.ZERO;

    /** Faults that can befall every request. */
    public Faults() {
        this((operation, path) -> true);
    }

    /** @param exposed which requests, by operation and path, faults can befall at all */
    protected Faults(BiPredicate<String, String> exposed) {
        this.exposed = exposed;
    }

    /** Starts the random sequence anew. */
    public synchronized Faults seed(long seed) {
        chances.seed(seed);
        return this;
    }

    /** Each request is served only after this time. */
    public synchronized Faults latency(Duration perRequest) {
        latency = perRequest;
        return this;
    }

    /** Lets faults strike only where {@code which} accepts the operation and the path. */
    public synchronized Faults only(BiPredicate<String, String> which) {
        requests = which;
        return this;
    }

    /** Fails a share of the requests. */
    public synchronized Faults failRequests(RequestFault fault, double probability) {
        chances.set(fault, probability);
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
        chances.clear();
        next.clear();
        requests = (operation, path) -> true;
        latency = Duration.ZERO;
        return this;
    }

    /** How often each fault has struck, {@link #clear()} or not. */
    public synchronized Map<RequestFault, Integer> struck() {
        return chances.struck();
    }

    /** Waits as long as a request shall take. */
    public final void pause() throws InterruptedException {
        Duration now;
        synchronized (this) {
            now = latency;
        }
        Thread.sleep(now.toMillis());
    }

    /** What befalls a request that has come. */
    public final synchronized Optional<RequestFault> of(String operation, String path) {
        if (!exposed.test(operation, path) || !requests.test(operation, path)) {
            return Optional.empty();
        }
        if (next.isEmpty()) {
            return chances.any();
        }
        chances.count(next.element());
        return Optional.of(next.remove());
    }

    /** Does what a request asks for. */
    public interface Work {
        Answer answer() throws IOException, InterruptedException;
    }

    /**
     * Serves a request that has come, or does to it what befalls it.
     *
     * @param refusal the answer of the service to a request that is refused for this reason
     */
    public final Answer strike(String operation, String path, Work work, Function<RequestFault, Answer> refusal)
            throws IOException, InterruptedException {
        Optional<RequestFault> befalling = of(operation, path);
        if (befalling.isEmpty()) {
            return work.answer();
        }
        RequestFault fault = befalling.get();
        Answer done = fault.isAfterDoing() ? work.answer() : null;
        return switch (fault) {
            case DENIED, THROTTLED, FAILED, FAILED_AFTER_DOING, UNAVAILABLE -> refusal.apply(fault);
            case DROPPED, DROPPED_AFTER_DOING -> Answer.dropped();
            case UNANSWERED, UNANSWERED_AFTER_DOING -> Answer.never();
            case CUT_SHORT -> done.cutShort();
        };
    }
}
