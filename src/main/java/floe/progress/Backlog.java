package floe.progress;

import floe.staging.Listing;
import floe.staging.StagedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that are staged and not loaded yet, as far as the last listing told. Safe for use by several threads. */
final class Backlog {

    private final Map<String, Long> arrivalByKey = new LinkedHashMap<>();
    private int others;
    private Optional<Long> arrivalOfOthers = Optional.empty();
    private Instant listed;

    synchronized void listed(Listing listing, Instant now) {
        arrivalByKey.clear();
        listing.files().forEach(file -> arrivalByKey.put(file.key(), file.arrivalSecond()));
        others = listing.others();
        arrivalOfOthers = listing.oldestOther().map(StagedFile::arrivalSecond);
        listed = now;
    }

    synchronized void loaded(StagedFile file) {
        arrivalByKey.remove(file.key());
    }

    synchronized int size() {
        return arrivalByKey.size() + others;
    }

    /** How long ago the oldest record of the oldest file arrived; nothing if no file is staged. */
    synchronized Optional<Duration> oldest(Instant now) {
        // Those by key are in the order of their arrival.
        return Stream.concat(arrivalByKey.values().stream().limit(1), arrivalOfOthers.stream())
                .min(Comparator.naturalOrder())
                .map(arrival -> positive(Duration.between(Instant.ofEpochSecond(arrival), now)));
    }

    /** How far Snowflake is behind S3: the age of the oldest file, or of the listing that showed none. */
    synchronized Optional<Duration> lag(Instant now) {
        return listed == null
                ? Optional.empty()
                : oldest(now).or(() -> Optional.of(positive(Duration.between(listed, now))));
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
