package floe.progress;

import floe.change.TableId;
import floe.staging.StagedFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far row mode got in files that it could not finish, so that trying them again does not repeat calls that were
 * made. It is lost with the process: row mode is at least once.
 */
public final class RowProgress {

    private static final int MOST_FILES = 1_000;

    /** By all of the file: what is put in its place under its name is another one. */
    private final Map<StagedFile, Map<TableId, Long>> files = new LinkedHashMap<>();

    /** Whether the call for this line was made already. */
    public synchronized boolean isDone(StagedFile file, TableId table, long line) {
        return line <= files.getOrDefault(file, Map.of()).getOrDefault(table, 0L);
    }

    /** Forgets a file that is loaded: a file staged again is to be called for again. */
    synchronized void forget(StagedFile file) {
        files.remove(file);
    }

    /** Notes that the calls for the lines of {@code table} up to this one were made. */
    public synchronized void done(StagedFile file, TableId table, long line) {
        files.computeIfAbsent(file, any -> new HashMap<>()).put(table, line);
        if (files.size() > MOST_FILES) {
            files.remove(files.keySet().iterator().next());
        }
    }
}
