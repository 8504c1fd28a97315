package floe.mysql;

import floe.change.MadeKey;
import floe.change.TableId;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the settings say of single tables.
 *
 * @param keys the columns that tell the rows of a table apart which has no key of its own
 * @param noKey what becomes of tables that have no key by any of these
 * @param noKeys the same of single tables
 * @param cascades what becomes of tables that change when the rows change which their foreign keys refer to
 */
public record TableRules(Map<TableId, List<String>> keys, NoKey noKey, Map<TableId, NoKey> noKeys, Cascades cascades) {

    /** What a key begins with that names columns; its rest is the table. */
    public static final String KEY = "capture.key.";

    /** What tells of all tables without a key. */
    public static final String NO_KEY = "capture.no-key";

    /** No table has a rule. */
    public static final TableRules NONE = new TableRules(Map.of(), NoKey.REFUSE, Map.of(), Cascades.REFUSE);

    /** What capture.no-key may hold. */
    public enum NoKey {
        REFUSE(null),
        APPEND(MadeKey.APPEND),
        HASH(MadeKey.HASH);

        private final MadeKey made;

        NoKey(MadeKey made) {
            this.made = made;
        }
    }

    /** What capture.cascades may hold. */
    public enum Cascades {
        REFUSE,
        REREAD
    }

    public TableRules {
        keys = Map.copyOf(keys);
        noKeys = Map.copyOf(noKeys);
    }

    /**
     * Reads the settings under {@code capture.key} and {@code capture.no-key}, and {@code capture.cascades}.
     *
     * @throws WrongSetting if one is wrong
     */
    public static TableRules read(Settings settings) {
        return new TableRules(
                byTable(settings, KEY, key -> settings.list(key, "the names of columns, separated by commas")),
                settings.oneOf(NO_KEY, NoKey.class),
                byTable(settings, NO_KEY + ".", key -> settings.oneOf(key, NoKey.class)),
                settings.oneOf("capture.cascades", Cascades.class));
    }

    private static <T> Map<TableId, T> byTable(Settings settings, String prefix, Function<String, T> rule) {
        Map<TableId, T> rules = new LinkedHashMap<>();
        settings.startingWith(prefix).keySet().forEach(table -> {
            try {
                rules.put(TableId.parse(table), rule.apply(prefix + table));
            } catch (IllegalArgumentException e) {
                throw WrongSetting.name(prefix + table, prefix + "schema.table");
            }
        });
        return rules;
    }

    /** Those among the tables that MySQL shows, each with the key that its rows are told apart by. */
    public Map<TableId, SourceTable> find(Connection connection, Collection<TableId> tables) throws SQLException {
        Map<TableId, SourceTable> found = SourceSchema.find(connection, tables);
        found.replaceAll(
                (id, table) -> table.orKeyedBy(keys.getOrDefault(id, List.of())).orKeyedBy(made(id)));
        return found;
    }

    /** The key that Floe makes for the table if it has none; null if it makes none. */
    public MadeKey made(TableId table) {
        return keys.containsKey(table) ? null : noKeys.getOrDefault(table, noKey).made;
    }
}
