package local.firehose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the service may do besides delivering each record once and in order: nothing, until asked for. May be changed
 * while the stream runs.
 *
 * <p>Probabilities run from 0 to 1 and are drawn from one seeded sequence.
 */
public final class Faults {
    private static final long INITIAL_SEED = 1;

    private final Map<Disorder, Integer> struck = new EnumMap<>(Disorder.class);
    private final Random random = new Random(INITIAL_SEED);
    private double repeatRecord;
    private double holdBackRecord;
    private double repeatObject;
    private double shuffle;
    private double split;
    private int parts = 1;
    private double delay;
    private Duration maxDelay = Duration.ZERO;

    Faults() {}

    /** Starts the random sequence anew. */
    public synchronized Faults seed(long seed) {
        random.setSeed(seed);
        return this;
    }

    /** Records are delivered twice, half of them in the same object and half in a later one too. */
    public synchronized Faults repeatRecords(double probability) {
        repeatRecord = probability;
        return this;
    }

    /** Records go to a later object than their neighbours. */
    public synchronized Faults holdBackRecords(double probability) {
        holdBackRecord = probability;
        return this;
    }

    /** Objects are written twice, under two keys. */
    public synchronized Faults repeatObjects(double probability) {
        repeatObject = probability;
        return this;
    }

    /** The records of a full buffer are shuffled before they are written, across objects where it is split. */
    public synchronized Faults shuffleBuffers(double probability) {
        shuffle = probability;
        return this;
    }

    /** A full buffer is written as several objects, {@code intoParts} of them where it holds so many records. */
    public synchronized Faults splitBuffers(double probability, int intoParts) {
        split = probability;
        parts = intoParts;
        return this;
    }

    /** Objects are written up to {@code longest} late, so that others overtake them. */
    public synchronized Faults delayObjects(double probability, Duration longest) {
        delay = probability;
        maxDelay = longest;
        return this;
    }

    /** Ends all faults; the random sequence goes on. */
    public synchronized Faults clear() {
        repeatRecord = 0;
        holdBackRecord = 0;
        repeatObject = 0;
        shuffle = 0;
        split = 0;
        delay = 0;
        return this;
    }

    /** How often each disorder has come about, {@link #clear()} or not. */
    public synchronized Map<Disorder, Integer> struck() {
        return new EnumMap<>(struck);
    }

    synchronized boolean repeatsRecord() {
        return happens(Disorder.RECORD_REPEATED, repeatRecord);
    }

    synchronized boolean inLaterObject() {
        return random.nextBoolean();
    }

    synchronized boolean holdsBackRecord() {
        return happens(Disorder.RECORD_HELD_BACK, holdBackRecord);
    }

    synchronized boolean repeatsObject() {
        return happens(Disorder.OBJECT_REPEATED, repeatObject);
    }

    synchronized Duration delay() {
        return happens(Disorder.OBJECT_DELAYED, delay)
                ? Duration.ofMillis((long) (random.nextDouble() * maxDelay.toMillis()))
                : Duration.ZERO;
    }

    /** The objects' worths of records that a buffer becomes: one, in order, unless a fault says otherwise. */
    synchronized List<List<BufferedRecord>> parts(List<BufferedRecord> buffer) {
        if (happens(Disorder.BUFFER_SHUFFLED, shuffle)) {
            Collections.shuffle(buffer, random);
        }
        int count = happens(Disorder.BUFFER_SPLIT, split) ? Math.min(parts, buffer.size()) : 1;
        List<List<BufferedRecord>> result = new ArrayList<>(count);
        for (int part = 0; part < count; part++) {
            result.add(buffer.subList(buffer.size() * part / count, buffer.size() * (part + 1) / count));
        }
        return result;
    }

    private boolean happens(Disorder disorder, double probability) {
        boolean happens = probability > 0 && random.nextDouble() < probability;
        if (happens) {
            struck.merge(disorder, 1, Integer::sum);
        }
        return happens;
    }
}
