package floe.snowflake;

import java.util.List;
import java.util.Set;

/**
 * A mirrored table as Snowflake holds it.
 *
 * @param keyColumns the columns that identify a row, as Snowflake spells them
 * @param columns the columns that its apply procedure writes, as Snowflake spells them
 */
public record TargetTable(Target target, List<String> keyColumns, Set<String> columns) {

    public TargetTable {
        keyColumns = List.copyOf(keyColumns);
        columns = Set.copyOf(columns);
    }

    public SnowflakeName name() {
        return target.table();
    }
}
