package local.tables;

import java.util.List;

/**
 * A foreign key.
 *
 * @param parent the table that it refers to, in the same schema
 * @param parentColumns of it, in the order of {@code columns}
 * @param changesChild whether MySQL changes rows by it that no statement names (CASCADE, SET NULL)
 */
public record Reference(
        String name, List<String> columns, String parent, List<String> parentColumns, boolean changesChild) {}
