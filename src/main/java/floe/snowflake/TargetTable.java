package floe.snowflake;

import floe.change.Position;
import java.util.List;
import java.util.Set;

/**
 * A mirrored table as Snowflake holds it.
 *
 * @param keyColumns the columns that identify a row, as Snowflake spells them
 * @param columns the columns that its apply procedure writes, as Snowflake spells them
 * @param dateColumns those of them that it writes as dates, with or without a time
 * @param droppedColumns columns that its source had and has no more
 * @param shapeAt where the source got the shape that the table follows; the first position if no event told of it
 * @param keyedSince where the source got the key, by the shapes that events have told of so far; the first position if it has
 *     no other before
 * @param otherKeyAt where the source had another key last, by the same; the first position if it never had
 * @param ownColumns Floe's own columns beside {@code _POSITION}, as its owner wants them
 * @param goneSince where the source was dropped, and this table with it; null if it is there
 */
public record TargetTable(
        Target target,
        List<String> keyColumns,
        Set<String> columns,
        Set<String> dateColumns,
        Set<String> droppedColumns,
        Position shapeAt,
        Position keyedSince,
        Position otherKeyAt,
        Set<String> ownColumns,
        Position goneSince) {

    public TargetTable {
        keyColumns = List.copyOf(keyColumns);
        columns = Set.copyOf(columns);
        dateColumns = Set.copyOf(dateColumns);
        droppedColumns = Set.copyOf(droppedColumns);
        ownColumns = Set.copyOf(ownColumns);
    }

    /** Whether a row that is deleted stays, marked as such. */
    public boolean keepsDeletedRows() {
        return ownColumns.contains(MirrorRule.DELETED);
    }

    /** Whether a row says when it was changed. */
    public boolean tellsWhen() {
        return keepsDeletedRows() || ownColumns.contains(MirrorRule.Metadata.COMMITTED_AT.column());
    }

    /** Whether a row says by what it was changed. */
    public boolean tellsWhat() {
        return ownColumns.contains(MirrorRule.Metadata.OPERATION.column());
    }

    /** Whether it was dropped with its source. */
    public boolean isGone() {
        return goneSince != null;
    }

    /** Whether what is at this position is of another table of the source's name, which is not here yet. */
    public boolean awaits(Position position) {
        return isGone() && position.compareTo(goneSince) >= 0;
    }

    public SnowflakeName name() {
        return target.table();
    }
}
