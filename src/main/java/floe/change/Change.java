package floe.change;

/** What was read from an event line: a change of a row or of a table as a whole, or what is told of lines. */
public sealed interface Change permits RowChange, RowReference, TableChange, SnapshotChange, RecordMark {

    /** The MySQL table that changed. */
    TableId table();

    /** What happened to it. */
    ChangeType type();

    /** Where it stands in the source's order. */
    Position position();
}
