package floe.snowflake;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.TableId;
import floe.change.TablePatterns;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which tables are mirrored, and by which: the settings {@code load.tables}, {@code load.target} and {@code load.target-case}. An
 * item {@code schema.table -> DB.SCHEMA.TABLE} means its table, whatever leaves it out, and is the only one that says where it goes.
 *
 * <p>Safe for use by several threads.
 */
public final class Targets {

    private static final String KEY = "load.tables";
    private static final String SHOULD =
            TablePatterns.SHOULD + ", or of schema.table -> DB.SCHEMA.TABLE for single tables";

    /** Snowflake's names have 255 characters; Floe's own, which are made of them, have some more. */
    private static final int LONGEST_NAME = 230;

    private static final JsonMapper JSON = new JsonMapper();

    private final TablePatterns patterns;
    private final TargetTemplate template;
    private final Map<TableId, SnowflakeName> arrows;

    /** Each event asks for its target. */
    private final Map<TableId, Target> known = new ConcurrentHashMap<>();

    /** @param template null where all tables have arrows */
    private Targets(TablePatterns patterns, TargetTemplate template, Map<TableId, SnowflakeName> arrows) {
        this.patterns = patterns;
        this.template = template;
        this.arrows = arrows;
    }

    /**
     * Reads these settings, {@code snowflake.database} and {@code snowflake.schema}.
     *
     * @throws WrongSetting if one of them is missing or wrong, or if two sources that it names in full would share a target
     */
    public static Targets read(Settings settings) {
        String list = settings.text(KEY, SHOULD);
        Map<TableId, SnowflakeName> arrows = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        Set<TableId> seen = new HashSet<>();
        for (String item : TablePatterns.items(list)) {
            int arrow = arrow(item);
            Optional<TableId> source = arrow < 0 ? name(item) : Optional.of(source(item, arrow));
            if (source.isPresent() && !seen.add(source.get())) {
                throw new WrongSetting(KEY, item, "a list that names each source once");
            }
            if (arrow < 0) {
                others.add(item);
            } else {
                arrows.put(source.orElseThrow(), target(item, arrow));
            }
        }
        TablePatterns patterns = patterns(list, others);
        Targets targets = new Targets(
                patterns,
                patterns.isEmpty() ? null : TargetTemplate.read(settings),
                Collections.unmodifiableMap(arrows));
        if (targets.isEmpty()) {
            throw new WrongSetting(KEY, list, SHOULD);
        }
        targets.checkNames();
        return targets;
    }

    /** What a process has that loads nothing. */
    public static Targets none() {
        return new Targets(TablePatterns.parse(""), null, Map.of());
    }

    /** Whether nothing is mirrored. */
    public boolean isEmpty() {
        return arrows.isEmpty() && patterns.isEmpty();
    }

    /** Whether {@code source} is mirrored. */
    public boolean means(TableId source) {
        return known.containsKey(source) || arrows.containsKey(source) || patterns.contains(source);
    }

    /**
     * The target of {@code source}, or nothing if it is not mirrored.
     *
     * @throws TableUnready if Snowflake or Floe has no room for its name
     */
    public Optional<Target> of(TableId source) {
        Target target = known.get(source);
        if (target == null && means(source)) {
            target = new Target(source, fitting(source));
            known.put(source, target);
        }
        return Optional.ofNullable(target);
    }

    /** The tables that are named in full. */
    public Set<TableId> named() {
        Set<TableId> named = new LinkedHashSet<>(patterns.named());
        named.addAll(arrows.keySet());
        return named;
    }

    /** The schemas that hold targets whatever tables there are: a name in each. */
    List<SnowflakeName> schemas() {
        SnowflakeName only = template == null ? null : template.onlySchema();
        return only == null ? List.of() : List.of(only);
    }

    /** What FLOE_CLAIM is to know, so that it gives the tables which come under a pattern the names that this gives them. */
    String rules() {
        ObjectNode rules = JSON.createObjectNode();
        var likes = rules.putArray("patterns");
        var target = rules.putArray("target");
        var letters = rules.putObject("letters");
        if (patterns.likes().stream().anyMatch(like -> !like.excludes())) {
            Stream<TablePatterns.Like> exceptions =
                    arrows.keySet().stream().filter(patterns::contains).sorted().map(TablePatterns.Like::without);
            Stream.concat(patterns.likes().stream(), exceptions).forEach(like -> likes.addObject()
                    .put("out", like.excludes())
                    .put("schema", like.schema())
                    .put("table", like.table()));
            template.addTo(target);
            template.letterCase().letters().forEach(letters::put);
        }
        return rules.toString();
    }

    private void checkNames() {
        Claims claims = new Claims();
        for (TableId source : named()) {
            SnowflakeName table = table(source);
            claims.take(source.toString(), table).ifPresent(other -> {
                throw new WrongSetting(
                        KEY,
                        source.toString(),
                        "a list with one source for each Snowflake table; " + table + " would be used by " + other
                                + " too");
            });
        }
    }

    private SnowflakeName table(TableId source) {
        SnowflakeName arrow = arrows.get(source);
        return arrow != null ? arrow : template.of(source);
    }

    private SnowflakeName fitting(TableId source) {
        SnowflakeName table = table(source);
        String why = null;
        if (table.quoted().contains("$$")) {
            why = "a procedure's body cannot hold a name with $$ in it";
        } else if (table.quoted().contains(":?")) {
            why = "a call cannot hold a name with :? in it";
        } else if (Stream.of(table.database(), table.schema(), table.name())
                .anyMatch(name -> name.length() > LONGEST_NAME)) {
            why = "a name may have " + LONGEST_NAME + " characters";
        }
        if (why != null) {
            throw new TableUnready(
                    source,
                    source + " cannot be mirrored as " + table + ": " + why
                            + "; name another target in load.tables, as in schema.table -> DB.SCHEMA.TABLE");
        }
        return table;
    }

    private static TablePatterns patterns(String list, List<String> items) {
        try {
            return TablePatterns.parse(String.join(",", items));
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(KEY, list, SHOULD);
        }
    }

    /** Where the arrow begins, which is none if it stands in backticks; -1 without one. */
    private static int arrow(String item) {
        boolean quoted = false;
        for (int at = 0; at < item.length(); at++) {
            if (item.charAt(at) == '`') {
                quoted = !quoted;
            } else if (!quoted && item.startsWith("->", at)) {
                return at;
            }
        }
        return -1;
    }

    /** The table that an item without an arrow names in full. */
    private static Optional<TableId> name(String item) {
        if (item.startsWith("!")) {
            return Optional.empty();
        }
        try {
            return TablePatterns.parse(item).named().stream().findFirst();
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(KEY, item, SHOULD);
        }
    }

    private static TableId source(String item, int arrow) {
        try {
            String source = item.substring(0, arrow).strip();
            if (!source.startsWith("!")) {
                return TableId.parse(source);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new WrongSetting(
                KEY,
                item,
                "schema.table -> DB.SCHEMA.TABLE, with one table on the left; what patterns mean goes where"
                        + " load.target says");
    }

    private static SnowflakeName target(String item, int arrow) {
        try {
            return SnowflakeName.parse(item.substring(arrow + 2));
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(KEY, item, "schema.table -> DB.SCHEMA.TABLE");
        }
    }
}
