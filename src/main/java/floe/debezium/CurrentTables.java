package floe.debezium;

import floe.change.TableId;
import floe.change.TablePatterns;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The tables that a reading captures: those that were there when it began, and those that came since, until they go.
 *
 * <p>For use by one thread.
 */
final class CurrentTables {

    private final TablePatterns patterns;
    private final Set<TableId> captured;
    /** Tables that are asked for and cannot be captured, or that MySQL does not show. */
    private final Set<TableId> passedOver;
    /** Those of them that nobody needs to look for. */
    private final Set<TableId> looked;

    /**
     * @param captured when the reading begins
     * @param passedOver that cannot be captured then
     */
    CurrentTables(TablePatterns patterns, Collection<TableId> captured, Collection<TableId> passedOver) {
        this.patterns = patterns;
        this.captured = new HashSet<>(captured);
        this.passedOver = new HashSet<>(passedOver);
        this.looked = new HashSet<>(passedOver);
    }

    /** Never to be kept, as it changes. */
    Set<TableId> all() {
        return Collections.unmodifiableSet(captured);
    }

    /** Those that are known and not captured. Never to be kept, as it changes. */
    Set<TableId> passedOver() {
        return Collections.unmodifiableSet(passedOver);
    }

    boolean contains(TableId table) {
        return captured.contains(table);
    }

    /** Whether the table is asked for, and nobody has looked whether it can be captured. */
    boolean isUnknown(TableId table) {
        return !captured.contains(table) && !looked.contains(table) && patterns.contains(table);
    }

    /** Those that are asked for and not captured. */
    Set<TableId> askedFor(Collection<TableId> tables) {
        Set<TableId> asked = new HashSet<>(tables);
        asked.removeIf(table -> captured.contains(table) || !patterns.contains(table));
        return asked;
    }

    void arrive(TableId table) {
        leave(table);
        captured.add(table);
    }

    void passOver(TableId table) {
        captured.remove(table);
        passedOver.add(table);
        looked.add(table);
    }

    void leave(TableId table) {
        captured.remove(table);
        passedOver.remove(table);
        looked.remove(table);
    }

    /** Those that were passed over may be captured by now. */
    void lookAgain() {
        looked.clear();
    }
}
