package floe.change;

/**
 * A change of a table as a whole.
 *
 * @param type {@link ChangeType#QUERY} or {@link ChangeType#TRUNCATE}
 * @param shape of a {@link ChangeType#QUERY}, the table that resulted; null if it was dropped, and for the other type
 * @param committed when it was committed, in milliseconds since 1970; 0 if that is not known, as of legacy events
 */
public record TableChange(TableId table, ChangeType type, TableShape shape, Position position, long committed)
        implements Change {

    /** Whether the table was dropped. Legacy definitions, which have no epoch, never carry a shape and tell nothing. */
    public boolean isDrop() {
        return type == ChangeType.QUERY && shape == null && position.epoch() > 0;
    }

    /** Whether it tells what the table is from here on: its shape, or that it is gone. */
    public boolean defines() {
        return shape != null || isDrop();
    }

    /** Whether no earlier change of the table counts any more: it was truncated or dropped. */
    public boolean endsAllBefore() {
        return type == ChangeType.TRUNCATE || isDrop();
    }
}
