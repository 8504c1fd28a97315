package local.firehose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import local.http.Chances;

/**
 * What the service may do besides delivering each record once and in order: nothing, until asked for. May be changed
 * while the stream runs.
 *
 * <p>Probabilities run from 0 to 1 and are drawn from one seeded sequence.
 */
public final class DeliveryFaults {
    private final Chances<Disorder> chances = new Chances<>(Disorder.class);
    private int parts = 1;
    private Duration maxDelay = Duration.ZERO;

    DeliveryFaults() {}

    /** Starts the random sequence anew. */
    public synchronized DeliveryFaults seed(long seed) {
        chances.seed(seed);
        return this;
    }

    /** Records are delivered twice, half of them in the same object and half in a later one too. */
    public synchronized DeliveryFaults repeatRecords(double probability) {
        chances.set(Disorder.RECORD_REPEATED, probability);
        return this;
    }

    /** Records go to a later object than their neighbours. */
    public synchronized DeliveryFaults holdBackRecords(double probability) {
        chances.set(Disorder.RECORD_HELD_BACK, probability);
        return this;
    }

    /** Objects are written twice, under two keys. */
    public synchronized DeliveryFaults repeatObjects(double probability) {
        chances.set(Disorder.OBJECT_REPEATED, probability);
        return this;
    }

    /** The records of a full buffer are shuffled before they are written, across objects where it is split. */
    public synchronized DeliveryFaults shuffleBuffers(double probability) {
        chances.set(Disorder.BUFFER_SHUFFLED, probability);
        return this;
    }

    /** A full buffer is written as several objects, {@code intoParts} of them where it holds so many records. */
    public synchronized DeliveryFaults splitBuffers(double probability, int intoParts) {
        chances.set(Disorder.BUFFER_SPLIT, probability);
        parts = intoParts;
        return this;
    }

    /** Objects are written up to {@code longest} late, so that others overtake them. */
    public synchronized DeliveryFaults delayObjects(double probability, Duration longest) {
        chances.set(Disorder.OBJECT_DELAYED, probability);
        maxDelay = longest;
        return this;
    }

    /** Ends all faults; the random sequence goes on. */
    public synchronized DeliveryFaults clear() {
        chances.clear();
        return this;
    }

    /** How often each disorder has come about, {@link #clear()} or not. */
    public synchronized Map<Disorder, Integer> struck() {
        return chances.struck();
    }

    synchronized boolean repeatsRecord() {
        return chances.happens(Disorder.RECORD_REPEATED);
    }

    synchronized boolean inLaterObject() {
        return chances.random().nextBoolean();
    }

    synchronized boolean holdsBackRecord() {
        return chances.happens(Disorder.RECORD_HELD_BACK);
    }

    synchronized boolean repeatsObject() {
        return chances.happens(Disorder.OBJECT_REPEATED);
    }

    synchronized Duration delay() {
        return chances.happens(Disorder.OBJECT_DELAYED)
                ? Duration.ofMillis((long) (chances.random().nextDouble() * maxDelay.toMillis()))
                : Duration.ZERO;
    }

    /** The objects' worths of records that a buffer becomes: one, in order, unless a fault says otherwise. */
    synchronized List<List<BufferedRecord>> parts(List<BufferedRecord> buffer) {
        if (chances.happens(Disorder.BUFFER_SHUFFLED)) {
            Collections.shuffle(buffer, chances.random());
        }
        int count = chances.happens(Disorder.BUFFER_SPLIT) ? Math.min(parts, buffer.size()) : 1;
        List<List<BufferedRecord>> result = new ArrayList<>(count);
        for (int part = 0; part < count; part++) {
            result.add(buffer.subList(buffer.size() * part / count, buffer.size() * (part + 1) / count));
        }
        return result;
    }
}
