package floe.change;

/**
 * Something about a snapshot of a table.
 *
 * @param position of the snapshot: that at which it began, and that of all its rows
 * @param told when it was told of, in milliseconds since 1970; 0 if that is not known
 */
public record SnapshotChange(TableId table, SnapshotMark mark, Position position, long told) implements Change {

    @Override
    public ChangeType type() {
        return ChangeType.SNAPSHOT;
    }
}
