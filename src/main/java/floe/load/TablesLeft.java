package floe.load;

import floe.change.TableId;
import floe.staging.StagedFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which tables are left of the files whose other tables have taken all that is for them: such a file is tried again and again
 * until its tables are ready, and the others need not take their changes each time. It is known of files that this process has read
 * to their end, and forgotten with it. May be used by several threads.
 */
final class TablesLeft {

    /** Beyond so many the oldest are forgotten, and are loaded once more as a whole. */
    private static final int MOST_FILES = 10_000;

    private final Map<StagedFile, Set<TableId>> files = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StagedFile, Set<TableId>> eldest) {
            return size() > MOST_FILES;
        }
    };

    /** Those of the file; null for all of its tables. */
    synchronized Set<TableId> of(StagedFile file) {
        return files.get(file);
    }

    /** All steps of the file were taken but for those of these tables; none if it is loaded. */
    synchronized void readToEnd(StagedFile file, Collection<TableId> tables) {
        if (tables.isEmpty()) {
            files.remove(file);
        } else {
            files.put(file, Set.copyOf(tables));
        }
    }
}
