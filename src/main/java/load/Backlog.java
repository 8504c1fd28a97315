package load;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import staging.StagedFile;

/** The files that are staged and not loaded yet, as far as the last listing told. Safe for use by several threads. */
final class Backlog {

    private final Map<String, Long> arrivalByKey = new LinkedHashMap<>();
    private Instant listed;

    /** @param files all that are staged, oldest first */
    synchronized void listed(List<StagedFile> files, Instant now) {
        arrivalByKey.clear();
        files.forEach(file -> arrivalByKey.put(file.key(), file.arrivalSecond()));
        listed = now;
    }

    synchronized void loaded(StagedFile file) {
        arrivalByKey.remove(file.key());
    }

    synchronized int size() {
        return arrivalByKey.size();
    }

    /** How long ago the oldest record of the oldest file arrived; nothing if no file is staged. */
    synchronized Optional<Duration> oldest(Instant now) {
        return arrivalByKey.values().stream()
                .findFirst()
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
