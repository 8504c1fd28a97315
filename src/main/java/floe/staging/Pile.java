package floe.staging;

import java.util.Optional;

/** Files that are counted and not kept. */
final class Pile {

    private int files;
    private StagedFile oldest;

    void add(StagedFile file) {
        files++;
        if (oldest == null || StagedFile.OLDEST_FIRST.compare(file, oldest) < 0) {
            oldest = file;
        }
    }

    int files() {
        return files;
    }

    Optional<StagedFile> oldest() {
        return Optional.ofNullable(oldest);
    }
}
