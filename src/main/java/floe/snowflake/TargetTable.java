package floe.snowflake;

import java.util.List;
import java.util.Set;

/**
 * A mirrored table as Snowflake holds it.
 *
 * @param keyColumns the columns that identify a row, as Snowflake spells them
 * @param columns the columns that its apply procedure writes, as Snowflake spells them
 * @param dateColumns those of them that it writes as dates, with or without a time
 */
public record TargetTable(Target target, List<String> keyColumns, Set<String> columns, Set<String> dateColumns) {

    public TargetTable {
        keyColumns = List.copyOf(keyColumns);
        columns = Set.copyOf(columns);
        dateColumns = Set.copyOf(dateColumns);
    }

    public SnowflakeName name() {
        return target.table();
    }
}
