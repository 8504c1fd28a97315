package floe.change;

/** One change read from an event line: of a row, or of a table as a whole. */
public sealed interface Change permits RowChange, RowReference, TableChange, SnapshotChange {

    /** The MySQL table that changed. */
    TableId table();

    /** What happened to it. */
    ChangeType type();

    /** Where it stands in the source's order. */
    Position position();
}
