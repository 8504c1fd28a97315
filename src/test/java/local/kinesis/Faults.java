package local.kinesis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;

/**
 * What goes wrong: nothing, until asked for. May be changed while the server runs.
 *
 * <p>Probabilities run from 0 to 1 and are drawn from one seeded sequence, so that a single caller meets the same
 * faults in every run.
 */
public final class Faults {
    private static final long INITIAL_SEED = 1;

    private final Map<CallFault, Double> callProbabilities = new EnumMap<>(CallFault.class);
    private final Queue<CallFault> nextCalls = new ArrayDeque<>();
    private final Map<CallFault, Integer> struck = new EnumMap<>(CallFault.class);
    private final Random random = new Random(INITIAL_SEED);
    private Duration latency = Duration.ZERO;
    private double recordProbability;
    private Function<PutAttempt, Optional<RecordError>> recordFault = attempt -> Optional.empty();

    Faults() {}

    /** Starts the random sequence anew. */
    public synchronized Faults seed(long seed) {
        random.setSeed(seed);
        return this;
    }

    /** Each call, of whatever operation, is answered only after this time. */
    public synchronized Faults latency(Duration perCall) {
        latency = perCall;
        return this;
    }

    /** Fails single records, half of them as throttled and half with an internal failure. */
    public synchronized Faults failRecords(double probability) {
        recordProbability = probability;
        return this;
    }

    /** Fails the records for which {@code fault} names an error; called once for each attempt to store a record. */
    public synchronized Faults failRecords(Function<PutAttempt, Optional<RecordError>> fault) {
        recordFault = fault;
        return this;
    }

    /** Fails whole PutRecord and PutRecords calls. */
    public synchronized Faults failCalls(CallFault fault, double probability) {
        callProbabilities.put(fault, probability);
        return this;
    }

    /** Fails the next {@code count} PutRecord and PutRecords calls, after those already asked for. */
    public synchronized Faults failNextCalls(CallFault fault, int count) {
        for (int i = 0; i < count; i++) {
            nextCalls.add(fault);
        }
        return this;
    }

    /** Ends all faults; the random sequence goes on. */
    public synchronized Faults clear() {
        callProbabilities.clear();
        nextCalls.clear();
        latency = Duration.ZERO;
        recordProbability = 0;
        recordFault = attempt -> Optional.empty();
        return this;
    }

    /** How often each fault of whole calls has struck, {@link #clear()} or not. */
    public synchronized Map<CallFault, Integer> struck() {
        return new EnumMap<>(struck);
    }

    synchronized Duration latency() {
        return latency;
    }

    synchronized Optional<CallFault> ofCall() {
        Optional<CallFault> fault = nextCalls.isEmpty() ? drawn() : Optional.of(nextCalls.remove());
        fault.ifPresent(which -> struck.merge(which, 1, Integer::sum));
        return fault;
    }

    private Optional<CallFault> drawn() {
        return callProbabilities.entrySet().stream()
                .filter(fault -> happens(fault.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    synchronized Optional<RecordError> ofRecord(PutAttempt attempt) {
        if (happens(recordProbability)) {
            return Optional.of(random.nextBoolean() ? RecordError.THROTTLED : RecordError.INTERNAL_FAILURE);
        }
        return recordFault.apply(attempt);
    }

    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
