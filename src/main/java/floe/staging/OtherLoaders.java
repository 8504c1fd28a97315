package floe.staging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of the other loaders, watched in each listing: a loader that does not run cannot tell of itself, and nobody
 * else loads its files.
 */
final class OtherLoaders {

    /** @param since when a file of the loader was last seen to go */
    private record Waiting(StagedFile oldest, int files, Instant since) {}

    private final Share share;
    private final Duration patience;
    private final Clock clock;
    private Map<Integer, Waiting> waiting = Map.of();

    /** @param patience how long a loader may take to load any of its files */
    OtherLoaders(Share share, Duration patience, Clock clock) {
        this.share = share;
        this.patience = patience;
        this.clock = clock;
    }

    /** Takes note of what a listing found of each other loader's files. */
    synchronized void saw(Map<Integer, Pile> byLoader) {
        Map<Integer, Waiting> now = new TreeMap<>();
        byLoader.forEach((loader, pile) -> {
            StagedFile oldest = pile.oldest().orElseThrow();
            Waiting before = waiting.get(loader);
            boolean idle =
                    before != null && before.oldest().key().equals(oldest.key()) && before.files() <= pile.files();
            now.put(loader, new Waiting(oldest, pile.files(), idle ? before.since() : clock.instant()));
        });
        waiting = now;
    }

    /** What is to be said of those loaders that have let files wait for too long. */
    synchronized List<String> idle() {
        Instant latest = clock.instant().minus(patience);
        return waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().since().isAfter(latest))
                .map(entry -> "Loader " + entry.getKey() + " of " + share.loaders() + " has loaded none of its "
                        + entry.getValue().files() + " staged files since "
                        + entry.getValue().since() + ", and no other loader will; the oldest is "
                        + entry.getValue().oldest().shown())
                .toList();
    }
}
