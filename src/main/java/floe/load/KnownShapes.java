package floe.load;

import floe.change.ChangeType;
import floe.change.Position;
import floe.change.TableChange;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest shape of each configured table that events told of since the start, in whatever order they came. Safe for
 * use by several threads.
 */
public final class KnownShapes {

    private final Set<TableId> tables;
    private final Map<TableId, Known> newest = new ConcurrentHashMap<>();

    /**
     * A shape that an event told of.
     *
     * @param shape null if the table was dropped
     * @param position of the event
     */
    public record Known(TableShape shape, Position position) {

        /** Whether this one counts beside {@code other}; at one position a table that is there beats one that is gone. */
        private boolean isNewerThan(Known other) {
            int order = position.compareTo(other.position());
            return order > 0 || (order == 0 && other.shape() == null);
        }
    }

    /** @param tables what is said of others is not kept */
    public KnownShapes(Collection<TableId> tables) {
        this.tables = Set.copyOf(tables);
    }

    /** Takes in what {@code change} says of its table, if it says anything of its shape and nothing newer is known. */
    void learn(TableChange change) {
        boolean tells = change.type() == ChangeType.QUERY && (change.shape() != null || change.endsAllBefore());
        if (tells && tables.contains(change.table())) {
            Known told = new Known(change.shape(), change.position());
            newest.merge(change.table(), told, (known, any) -> told.isNewerThan(known) ? told : known);
        }
    }

    /** What is known of {@code table}; nothing if no event told of it since the start. */
    public Optional<Known> of(TableId table) {
        return Optional.ofNullable(newest.get(table));
    }
}
