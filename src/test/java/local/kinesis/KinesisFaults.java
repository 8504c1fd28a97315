package local.kinesis;

import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import local.http.Faults;

/**
 * What goes wrong: nothing, until asked for. Of whole calls it is only PutRecord and PutRecords that faults befall; the
 * latency is that of each call.
 */
public final class KinesisFaults extends Faults {

    private final Random random = new Random(1);
    private double recordProbability;
    private Function<PutAttempt, Optional<RecordError>> recordFault = attempt -> Optional.empty();

    KinesisFaults() {
        super((operation, path) -> operation.startsWith("PutRecord"));
    }

    @Override
    public synchronized KinesisFaults seed(long seed) {
        super.seed(seed);
        random.setSeed(seed);
        return this;
    }

    /** Fails single records, half of them as throttled and half with an internal failure. */
    public synchronized KinesisFaults failRecords(double probability) {
        recordProbability = probability;
        return this;
    }

    /** Fails the records for which {@code fault} names an error; called once for each attempt to store a record. */
    public synchronized KinesisFaults failRecords(Function<PutAttempt, Optional<RecordError>> fault) {
        recordFault = fault;
        return this;
    }

    @Override
    public synchronized KinesisFaults clear() {
        super.clear();
        recordProbability = 0;
        recordFault = attempt -> Optional.empty();
        return this;
    }

    synchronized Optional<RecordError> ofRecord(PutAttempt attempt) {
        if (recordProbability > 0 && random.nextDouble() < recordProbability) {
            return Optional.of(random.nextBoolean() ? RecordError.THROTTLED : RecordError.INTERNAL_FAILURE);
        }
        return recordFault.apply(attempt);
    }
}
