package floe.staging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a listing of the staging prefix found for this loader.
 *
 * @param files those to be loaded next, oldest first
 * @param others how many there are besides: newer ones, and such as cannot be loaded now
 * @param oldestOther the oldest of these
 * @param allLoaded no file waits any more, for any loader, that was staged before then
 */
public record Listing(List<StagedFile> files, int others, Optional<StagedFile> oldestOther, Instant allLoaded) {

    public Listing {
        files = List.copyOf(files);
    }
}
