package floe.staging;

import java.util.List;
import java.util.Optional;

/**
 * What a listing of the staging prefix found for this loader.
 *
 * @param files those to be loaded next, oldest first
 * @param others how many there are besides: newer ones, and such as cannot be loaded now
 * @param oldestOther the oldest of these
 */
public record Listing(List<StagedFile> files, int others, Optional<StagedFile> oldestOther) {

    public Listing {
        files = List.copyOf(files);
    }
}
