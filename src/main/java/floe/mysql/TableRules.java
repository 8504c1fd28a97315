package floe.mysql;

import floe.change.TableId;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the settings say of single tables.
 *
 * @param keys the columns that tell the rows of a table apart which has no key of its own
 * @param cascades what becomes of tables that change when the rows change which their foreign keys refer to
 */
public record TableRules(Map<TableId, List<String>> keys, Cascades cascades) {

    /** What a key begins with that names columns; its rest is the table. */
    public static final String KEY = "capture.key.";

    /** No table has a rule. */
    public static final TableRules NONE = new TableRules(Map.of(), Cascades.REFUSE);

    /** What capture.cascades may hold. */
    public enum Cascades {
        REFUSE,
        REREAD
    }

    public TableRules {
        keys = Map.copyOf(keys);
    }

    /**
     * Reads the settings under {@code capture.key}, and {@code capture.cascades}.
     *
     * @throws WrongSetting if one is wrong
     */
    public static TableRules read(Settings settings) {
        Map<TableId, List<String>> keys = new LinkedHashMap<>();
        settings.startingWith(KEY).forEach((table, columns) -> {
            String key = KEY + table;
            try {
                keys.put(TableId.parse(table), settings.list(key, "the names of columns, separated by commas"));
            } catch (IllegalArgumentException e) {
                throw WrongSetting.name(key, KEY + "schema.table");
            }
        });
        return new TableRules(keys, settings.oneOf("capture.cascades", Cascades.class));
    }

    /** Those among the tables that MySQL shows, each with the key that its rows are told apart by. */
    public Map<TableId, SourceTable> find(Connection connection, Collection<TableId> tables) throws SQLException {
        Map<TableId, SourceTable> found = SourceSchema.find(connection, tables);
        found.replaceAll((id, table) -> table.orKeyedBy(keys.getOrDefault(id, List.of())));
        return found;
    }
}
