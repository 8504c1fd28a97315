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
 */
public record TargetTable(
        Target target,
        List<String> keyColumns,
        Set<String> columns,
        Set<String> dateColumns,
        Set<String> droppedColumns,
        Position shapeAt,
        Position keyedSince,
        Position otherKeyAt) {

    public TargetTable {
        keyColumns = List.copyOf(keyColumns);
        columns = Set.copyOf(columns);
        dateColumns = Set.copyOf(dateColumns);
        droppedColumns = Set.copyOf(droppedColumns);
    }

    public SnowflakeName name() {
        return target.table();
    }
}
