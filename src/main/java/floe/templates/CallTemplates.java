package floe.templates;

import floe.change.ChangeType;
import floe.change.TableId;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import floe.snowflake.Targets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The procedure calls of row mode: {@code load.call.<schema>.<table>.<type>}, one for each type of change of a table, or
 * none for a table.
 */
public final class CallTemplates {

    private static final String PREFIX = "load.call.";
    private static final Set<ChangeType> TYPES = EnumSet.complementOf(EnumSet.of(ChangeType.QUERY));
    private static final String SHOULD = "a call such as CALL insert_procedure(:?PersonID, :?FullName)";

    private final Map<TableId, Map<ChangeType, CallTemplate>> templates;

    private CallTemplates(Map<TableId, Map<ChangeType, CallTemplate>> templates) {
        this.templates = templates;
    }

    /**
     * Reads the settings that start with {@code load.call.}.
     *
     * @throws WrongSetting if one is not a call, is for a table that is not mirrored, or needs what no event of its type has
     */
    public static CallTemplates read(Settings settings, Targets targets) {
        Map<TableId, Map<ChangeType, CallTemplate>> templates = new HashMap<>();
        settings.startingWith(PREFIX).forEach((name, sql) -> {
            String key = PREFIX + name;
            int dot = name.lastIndexOf('.');
            ChangeType type = ChangeType.named(name.substring(dot + 1))
                    .filter(TYPES::contains)
                    .orElseThrow(() -> wrongKey(key));
            if (!sql.strip().regionMatches(true, 0, "CALL ", 0, 5)) {
                throw new WrongSetting(key, sql, SHOULD);
            }
            TableId table = table(key, name.substring(0, Math.max(0, dot)));
            if (!targets.means(table)) {
                throw new WrongSetting(key, sql, "for a table that load.tables means, spelled as MySQL spells it");
            }
            CallTemplate template = new CallTemplate(key, sql.strip());
            List<String> known = type == ChangeType.SNAPSHOT ? CallTemplate.OF_SNAPSHOTS : CallTemplate.OF_EVERY_CHANGE;
            if (!type.ofRow() && !known.containsAll(template.parameters())) {
                throw new WrongSetting(
                        key,
                        sql,
                        "a call with no parameters but " + String.join(", ", known) + ", as such an event has no row");
            }
            templates
                    .computeIfAbsent(table, any -> new EnumMap<>(ChangeType.class))
                    .put(type, template);
        });
        return new CallTemplates(templates);
    }

    /** Where no table has calls of its own. */
    public static CallTemplates none() {
        return new CallTemplates(Map.of());
    }

    /** Whether no table has calls of its own. */
    public boolean isEmpty() {
        return templates.isEmpty();
    }

    /** Whether changes of {@code table} are applied by calls of the configuration. */
    public boolean has(TableId table) {
        return templates.containsKey(table);
    }

    /** The call for a change of {@code table}, or nothing if none is configured for its type. */
    public Optional<CallTemplate> of(TableId table, ChangeType type) {
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
        return WrongSetting.name(
                key,
                "named load.call.<schema>.<table>.<type>, the type being one of "
                        + TYPES.stream().map(ChangeType::eventName).collect(Collectors.joining(", ")));
    }
}
