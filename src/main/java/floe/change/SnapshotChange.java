package floe.change;

/**
 * Something about a snapshot of a table.
 *
 * @param position of the snapshot: that at which it began, and that of all its rows
 */
public record SnapshotChange(TableId table, SnapshotMark mark, Position position) implements Change {

    @Override
    public ChangeType type() {
        return ChangeType.SNAPSHOT;
    }
}
