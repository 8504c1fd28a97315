package load;

import change.ChangeType;
import change.TableId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import settings.Settings;
import settings.WrongSetting;
import snowflake.Target;
import snowflake.Targets;

/** The procedure calls of row mode: {@code load.call.<schema>.<table>.<type>}, one for each table and type. */
final class CallTemplates {

    private static final String PREFIX = "load.call.";
    private static final String SHOULD = "a call such as CALL insert_procedure(:?PersonID, :?FullName)";

    private final Map<TableId, Map<ChangeType, CallTemplate>> templates;

    private CallTemplates(Map<TableId, Map<ChangeType, CallTemplate>> templates) {
        this.templates = templates;
    }

    /**
     * Reads the settings that start with {@code load.call.}.
     *
     * @throws WrongSetting if one is not a call, or a configured table has none
     */
    static CallTemplates from(Settings settings, Targets targets) {
        Map<TableId, Map<ChangeType, CallTemplate>> templates = new HashMap<>();
        settings.startingWith(PREFIX).forEach((name, sql) -> {
            String key = PREFIX + name;
            int dot = name.lastIndexOf('.');
            ChangeType type = ChangeType.named(name.substring(dot + 1))
                    .filter(ChangeType::ofRow)
                    .orElseThrow(() -> wrongKey(key));
            if (!sql.strip().regionMatches(true, 0, "CALL ", 0, 5)) {
                throw new WrongSetting(key, sql, SHOULD);
            }
            templates
                    .computeIfAbsent(
                            table(key, name.substring(0, Math.max(0, dot))), any -> new EnumMap<>(ChangeType.class))
                    .put(type, new CallTemplate(key, sql.strip()));
        });
        for (Target target : targets.all()) {
            if (!templates.containsKey(target.source())) {
                throw new WrongSetting(PREFIX + target.source() + ".WriteRowsEvent", "", SHOULD);
            }
        }
        return new CallTemplates(templates);
    }

    /** The call for a change of {@code table}, or nothing if none is configured for its type. */
    Optional<CallTemplate> of(TableId table, ChangeType type) {
        return Optional.ofNullable(templates.getOrDefault(table, Map.of()).get(type));
    }

    private static TableId table(String key, String name) {
        try {
            return TableId.parse(name);
        } catch (IllegalArgumentException e) {
            throw wrongKey(key);
        }
    }

    private static WrongSetting wrongKey(String key) {
        return new WrongSetting(
                key,
                "for an unknown kind of change",
                "named load.call.<schema>.<table>.<WriteRowsEvent," + " UpdateRowsEvent or DeleteRowsEvent>");
    }
}
