package floe.snowflake;

import floe.change.TableId;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables that are mirrored, as the setting {@code load.tables} lists them. */
public final class Targets {

    private static final String KEY = "load.tables";
    private static final String SHOULD = "a comma-separated list of schema.table or schema.table -> DB.SCHEMA.TABLE";

    private final Map<TableId, Target> targets;

    private Targets(Map<TableId, Target> targets) {
        this.targets = targets;
    }

    /**
     * Reads the settings {@code load.tables}, {@code snowflake.database} and {@code snowflake.schema}.
     *
     * @throws WrongSetting if one of them is missing or wrong, or if two sources would share a target
     */
    public static Targets read(Settings settings) {
        Map<TableId, Target> targets = new LinkedHashMap<>();
        Map<SnowflakeName, String> taken = new HashMap<>();
        for (String item : settings.list(KEY, SHOULD)) {
            Target target = target(item, settings);
            if (targets.put(target.source(), target) != null) {
                throw new WrongSetting(KEY, item, "a list that names each source once");
            }
            taken.put(target.table().floeTables(), "Floe itself");
        }
        targets.values().forEach(target -> {
            String item = target.source().toString();
            take(taken, target.table(), item);
            take(taken, target.table().tombstones(), item);
            take(taken, target.table().state(), item);
        });
        return new Targets(targets);
    }

    /** What a process has that loads nothing. */
    public static Targets none() {
        return new Targets(Map.of());
    }

    /** The target of {@code source}, or nothing if nobody configured it. */
    public Optional<Target> of(TableId source) {
        return Optional.ofNullable(targets.get(source));
    }

    /** All targets, in the order of the setting. */
    public List<Target> all() {
        return new ArrayList<>(targets.values());
    }

    private static void take(Map<SnowflakeName, String> taken, SnowflakeName table, String item) {
        String other = taken.put(table, item);
        if (other != null) {
            throw new WrongSetting(
                    KEY,
                    item,
                    "a list with one source for each Snowflake table; " + table + " would be used by " + other
                            + " too");
        }
    }

    private static Target target(String item, Settings settings) {
        int arrow = item.indexOf("->");
        try {
            TableId source = TableId.parse((arrow < 0 ? item : item.substring(0, arrow)).strip());
            SnowflakeName table = arrow < 0
                    ? new SnowflakeName(
                            settings.text("snowflake.database", "the name of a Snowflake database"),
                            settings.text("snowflake.schema", "the name of a schema in that database"),
                            source.table())
                    : SnowflakeName.parse(item.substring(arrow + 2).strip());
            return new Target(source, table);
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(KEY, item, SHOULD);
        }
    }
}
