package floe.change;

/**
 * A change of a table as a whole.
 *
 * @param type {@link ChangeType#QUERY} or {@link ChangeType#TRUNCATE}
 * @param shape of a {@link ChangeType#QUERY}, the table that resulted; null if it was dropped, and for the other type
 */
public record TableChange(TableId table, ChangeType type, TableShape shape, Position position) implements Change {

    /**
     * Whether no earlier change of the table counts any more: it was truncated or dropped. Legacy
     * definitions, which have no epoch, never carry a shape and tell nothing.
     */
    public boolean endsAllBefore() {
        return type != ChangeType.QUERY || (shape == null && position.epoch() > 0);
    }
}
