package floe.capture;

import floe.binlog.Sighting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What could not be written, until the session knows it: each table and kind once, where it was found last. A state that was
 * made before the session knew is completed by what came since.
 *
 * <p>Safe for use by several threads.
 */
final class Found {

    private final Map<String, Numbered> sightings = new LinkedHashMap<>();
    private long last;

    private record Numbered(long number, Sighting.Unseen sighting) {}

    synchronized void add(List<Sighting.Unseen> more) {
        for (Sighting.Unseen sighting : more) {
            last++;
            sightings.put(sighting.tables() + sighting.what(), new Numbered(last, sighting));
        }
    }

    /** The number of the last one; 0 before the first. */
    synchronized long last() {
        return last;
    }

    /** All that came after the one of this number. */
    synchronized List<Sighting> after(long number) {
        return sightings.values().stream()
                .filter(found -> found.number() > number)
                .map(found -> (Sighting) found.sighting())
                .toList();
    }
}
