package floe.snowflake;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A column of a mirrored table.
 *
 * @param name as Snowflake spells it
 * @param fill what rows got that were there when the source added the column, as an event would have it; null for NULL
 */
record TargetColumn(String name, ColumnType type, boolean isKey, boolean nullable, String fill) {

    /** Floe's own columns. */
    private static final Set<String> RESERVED = Set.of("_POSITION", "_DELETED", "_ROW");

    /** What the names of columns begin with that its procedures use. */
    private static final String RESERVED_PREFIX = "_FLOE_";

    /** The column that tombstones have beside the key and the position. */
    private static final String DELETED_AT = "DELETED_AT";

    /**
     * The columns of the mirror of {@code source}, in its order.
     *
     * @throws WrongTable if the source has no key, or columns that Snowflake cannot tell apart
     */
    static List<TargetColumn> of(TableId source, TableShape shape) {
        if (shape.key().isEmpty()) {
            throw new WrongTable("The table " + source
                    + " has no key, so its rows cannot be told apart; give it a primary key or a unique one");
        }
        List<String> key = shape.key().stream().map(SnowflakeName::fold).toList();
        Map<String, String> spelled = new HashMap<>();
        List<TargetColumn> columns = new ArrayList<>();
        for (Column column : shape.columns()) {
            String name = SnowflakeName.fold(column.name());
            String other = spelled.put(name, column.name());
            if (other != null) {
                throw new WrongTable("The columns " + other + " and " + column.name() + " of " + source + " are both "
                        + name + " in Snowflake; rename one of them");
            }
            boolean isKey = key.contains(name);
            ColumnType type = ColumnType.of(column);
            boolean reserved = RESERVED.contains(name) || name.startsWith(RESERVED_PREFIX);
            if (name.contains("$$") || reserved || (isKey && name.equals(DELETED_AT))) {
                throw new WrongTable("The column " + column.name() + " of " + source
                        + " cannot be mirrored: Floe's tables and procedures have no room for this name; rename it");
            }
            columns.add(new TargetColumn(name, type, isKey, column.nullable(), Fill.of(column, type)));
        }
        return columns;
    }
}
