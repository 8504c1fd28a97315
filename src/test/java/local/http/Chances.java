package local.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * How likely each of several things is, from 0 to 1, and how often it has come about. All are drawn from one seeded
 * sequence, so that a single caller meets the same in every run. To be guarded by who shares it between threads.
 */
public final class Chances<E extends Enum<E>> {

    private static final long INITIAL_SEED = 1;

    private final Random random = new Random(INITIAL_SEED);
    private final Map<E, Double> probabilities;
    private final Map<E, Integer> struck;

    /** Nothing happens at first. */
    public Chances(Class<E> things) {
        this.probabilities = new EnumMap<>(things);
        this.struck = new EnumMap<>(things);
    }

    /** Starts the random sequence anew. */
    public void seed(long seed) {
        random.setSeed(seed);
    }

    public void set(E thing, double probability) {
        probabilities.put(thing, probability);
    }

    /** Nothing happens any more; the random sequence and the counts go on. */
    public void clear() {
        probabilities.clear();
    }

    /** Whether it happens now. */
    public boolean happens(E thing) {
        double probability = probabilities.getOrDefault(thing, 0.0);
        boolean happens = probability > 0 && random.nextDouble() < probability;
        if (happens) {
            count(thing);
        }
        return happens;
    }

    /** The one that happens now, if any does. */
    public Optional<E> any() {
        return probabilities.keySet().stream().filter(this::happens).findFirst();
    }

    /** Counts what has come about without a draw. */
    public void count(E thing) {
        struck.merge(thing, 1, Integer::sum);
    }

    /** How often each has come about, {@link #clear()} or not. */
    public Map<E, Integer> struck() {
        return new EnumMap<>(struck);
    }

    /** The sequence that all is drawn from. */
    public Random random() {
        return random;
    }
}
