package floe.snowflake;

import floe.change.TableId;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import floe.snowflake.MirrorRule.Deletes;
import floe.snowflake.MirrorRule.DroppedColumns;
import floe.snowflake.MirrorRule.DroppedTables;
import floe.snowflake.MirrorRule.Metadata;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the settings say of how tables are mirrored. Each setting is there for all tables, as {@code load.deletes}, and with the
 * name of a table behind it for that one, as {@code load.deletes.shop.orders}.
 *
 * @param usual how tables are mirrored of which no setting says more
 * @param byTable how the others are
 */
public record MirrorRules(MirrorRule usual, Map<TableId, MirrorRule> byTable) {

    /** Nobody chose anything. */
    public static final MirrorRules USUAL =
            new MirrorRules(new MirrorRule(Deletes.HARD, DroppedColumns.KEEP, DroppedTables.KEEP, Set.of()), Map.of());

    private static final String DELETES = "load.deletes";
    private static final String DROPPED_COLUMNS = "load.dropped-columns";
    private static final String DROPPED_TABLES = "load.dropped-tables";
    private static final String METADATA = "load.metadata";

    private static final String NO_METADATA = "none";
    private static final String SHOULD = Arrays.stream(Metadata.values())
            .map(MirrorRule::spelled)
            .collect(Collectors.joining(", ", NO_METADATA + ", or some of ", ", separated by commas"));

    public MirrorRules {
        byTable = Map.copyOf(byTable);
    }

    /**
     * Reads them.
     *
     * @throws WrongSetting if one is wrong, or has something behind it that is no table
     */
    public static MirrorRules read(Settings settings) {
        Map<TableId, MirrorRule> byTable = new HashMap<>();
        for (String key : List.of(DELETES, DROPPED_COLUMNS, DROPPED_TABLES, METADATA)) {
            for (String table : settings.startingWith(key + ".").keySet()) {
                byTable.put(table(key, table), rule(settings, "." + table));
            }
        }
        return new MirrorRules(rule(settings, ""), byTable);
    }

    /** How {@code source} is mirrored. */
    public MirrorRule of(TableId source) {
        return byTable.getOrDefault(source, usual);
    }

    private static TableId table(String key, String name) {
        try {
            return TableId.parse(name);
        } catch (IllegalArgumentException e) {
            throw WrongSetting.name(key + "." + name, key + ".schema.table");
        }
    }

    /** @param behind what stands behind the settings of a table; where one has none, the setting for all tables is meant */
    private static MirrorRule rule(Settings settings, String behind) {
        return new MirrorRule(
                settings.oneOf(nearest(settings, DELETES, behind), Deletes.class),
                settings.oneOf(nearest(settings, DROPPED_COLUMNS, behind), DroppedColumns.class),
                settings.oneOf(nearest(settings, DROPPED_TABLES, behind), DroppedTables.class),
                metadata(settings, nearest(settings, METADATA, behind)));
    }

    private static String nearest(Settings settings, String key, String behind) {
        return settings.optional(key + behind).isPresent() ? key + behind : key;
    }

    private static Set<Metadata> metadata(Settings settings, String key) {
        List<String> chosen = settings.list(key, SHOULD);
        if (chosen.equals(List.of(NO_METADATA))) {
            return Set.of();
        }
        Set<Metadata> metadata = EnumSet.noneOf(Metadata.class);
        for (String name : chosen) {
            metadata.add(Arrays.stream(Metadata.values())
                    .filter(any -> MirrorRule.spelled(any).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new WrongSetting(key, name, SHOULD)));
        }
        return metadata;
    }
}
