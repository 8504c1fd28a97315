package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.TableId;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import local.snowflake.SnowflakeServer;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Whatever the settings, the tables and what a caller says: the procedure in Snowflake gives a name to a source if, and only if, these
 * settings give it that name and nobody had it before.
 */
class ClaimTest {

    private static final List<String> LETTERS = List.of(
            "a",
            "A",
            "b",
            "_",
            "%",
            "^",
            ".",
            "`",
            "\"",
            "'",
            "\\",
            "{",
            "}",
            "{table}",
            " ",
            "?",
            "*",
            "!",
            ",",
            ">",
            "->",
            "ß",
            "SS",
            "ı",
            "İ",
            "ſ",
            "ﬁ",
            "é",
            "É",
            "σ",
            "ς",
            "日",
            "\n",
            "_TOMBSTONES",
            "_TOMBSTONES_2",
            "_FLOE",
            "$",
            "--");

    private static final List<String> TEMPLATES = List.of(
            "{table}",
            "{schema}_{table}",
            "{table}{schema}",
            "{schema}.{table}",
            "CDC_DESTINATION.PUBLIC.{table}",
            "X_{table}",
            "\"{table}\"\"\"",
            "CDC_DESTINATION.{schema}.my_{table}");

    private static SnowflakeServer server;

    @BeforeContainer
    static void start() throws Exception {
        server = SnowflakeServer.start();
    }

    @AfterContainer
    static void stop() throws Exception {
        server.close();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void snowflakeDecidesAsTheSettingsSay(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<TableId> sources = sources(random);
        Targets targets = targets(random, sources);
        SnowflakeName schema = schema(random, sources, targets);
        Assume.that(schema != null);
        server.execute("DROP SCHEMA IF EXISTS " + path(schema), "CREATE SCHEMA " + path(schema));
        Map<String, TableId> expected = new TreeMap<>();
        Claims claims = new Claims();
        try (Connection connection = server.connection()) {
            List<Setup.Mirror> mirrors = mirrors(targets, sources, schema);
            new Setup(targets, MirrorRules.USUAL, mirrors).execute(connection, finding -> {});
            mirrors.forEach(mirror -> give(claims, expected, mirror.source(), mirror.table()));

            for (int call = 0; call < 60; call++) {
                TableId source = sources.get(random.nextInt(sources.size()));
                String name = said(random, source, sources, targets, schema);

                boolean given = claim(connection, source, schema.beside(name));

                boolean meant =
                        name(targets, source, schema).filter(name::equals).isPresent();
                boolean free = meant && give(claims, expected, source, schema.beside(name));
                assertThat(given)
                        .as("%s as %s of %s by %s", source, name, path(schema), targets.rules())
                        .isEqualTo(free);
            }
        }
        assertThat(listed(schema))
                .isEqualTo(expected.entrySet().stream()
                        .collect(
                                HashMap::new,
                                (all, one) ->
                                        all.put(one.getKey(), one.getValue().toString()),
                                Map::putAll));
    }

    private static boolean give(Claims claims, Map<String, TableId> given, TableId source, SnowflakeName table) {
        boolean isFree = claims.take(source.toString(), table).isEmpty();
        if (isFree) {
            given.put(table.name(), source);
        }
        return isFree;
    }

    /** The truth, or a lie. */
    private static String said(
            Random random, TableId source, List<TableId> sources, Targets targets, SnowflakeName schema) {
        TableId other = sources.get(random.nextInt(sources.size()));
        Optional<String> own = name(targets, source, schema);
        return switch (random.nextInt(6)) {
            case 0 -> name(targets, other, schema).orElse(other.table());
            case 1 -> random.nextBoolean() ? source.table() : SnowflakeName.fold(other.table());
            case 2 -> own.orElse("") + LETTERS.get(random.nextInt(LETTERS.size()));
            default -> own.orElse("FLOE_TABLES");
        };
    }

    /** What the settings call the table, if that is in this schema. */
    private static Optional<String> name(Targets targets, TableId source, SnowflakeName schema) {
        try {
            return targets.of(source)
                    .map(Target::table)
                    .filter(table -> table.beside("").equals(schema))
                    .map(SnowflakeName::name);
        } catch (TableUnready e) {
            return Optional.empty();
        }
    }

    private static boolean claim(Connection connection, TableId source, SnowflakeName table) throws Exception {
        String sql = "CALL " + table.beside("FLOE_CLAIM").quoted() + "(?, ?, ?)";
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, source.schema());
            call.setString(2, source.table());
            call.setString(3, table.name());
            try (ResultSet answer = call.executeQuery()) {
                answer.next();
                return answer.getString(1) == null;
            }
        }
    }

    private static Map<String, String> listed(SnowflakeName schema) throws Exception {
        Map<String, String> listed = new HashMap<>();
        String sql = "SELECT * FROM " + schema.beside("FLOE_SOURCES").quoted() + " WHERE TABLE_NAME <> ''";
        for (Map<String, Object> row : server.query(sql)) {
            Object before = listed.put(String.valueOf(row.get("TABLE_NAME")), String.valueOf(row.get("SOURCE")));
            assertThat(before).as("another source of %s", row).isNull();
        }
        return listed;
    }

    private static List<TableId> sources(Random random) {
        List<String> schemas = List.of(text(random), text(random), "mysql");
        List<TableId> sources = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sources.add(new TableId(schemas.get(random.nextInt(schemas.size())), text(random)));
        }
        return sources;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        do {
            text.append(LETTERS.get(random.nextInt(random.nextInt(4) == 0 ? LETTERS.size() : 4)));
        } while (random.nextInt(3) > 0 && text.length() < 40);
        return text.toString();
    }

    private static Targets targets(Random random, List<TableId> sources) {
        while (true) {
            List<String> items = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                TableId some = sources.get(random.nextInt(sources.size()));
                items.add(random.nextInt(4) == 0 ? some.toString() : pattern(random, some));
                if (random.nextInt(5) == 0) {
                    items.add(sources.get(random.nextInt(sources.size())) + " -> CDC_DESTINATION.PUBLIC.A" + i);
                }
            }
            Properties properties = new Properties();
            properties.setProperty("load.tables", String.join(", ", items));
            properties.setProperty("load.target", TEMPLATES.get(random.nextInt(TEMPLATES.size())));
            properties.setProperty(
                    "load.target-case", List.of("upper", "keep", "lower").get(random.nextInt(3)));
            properties.setProperty("snowflake.database", SnowflakeServer.DATABASE);
            properties.setProperty("snowflake.schema", "PUBLIC");
            DefaultCamelContext camel = new DefaultCamelContext();
            camel.getPropertiesComponent().setOverrideProperties(properties);
            try {
                return Targets.read(new Settings(new CamelLookup(camel)));
            } catch (WrongSetting e) {
                // Two sources of one name, or one of MySQL's own: other settings, then.
            }
        }
    }

    private static String pattern(Random random, TableId some) {
        String schema = random.nextBoolean() ? "*" : "`" + some.schema().replace("`", "``") + "`";
        String table =
                switch (random.nextInt(4)) {
                    case 0 -> "?" + "?".repeat(random.nextInt(2));
                    case 1 -> "A*";
                    case 2 -> "*_*";
                    default -> "*";
                };
        return (random.nextInt(4) == 0 ? "!" : "") + schema + "." + table;
    }

    /** One that holds a target; null if none does. */
    private static SnowflakeName schema(Random random, List<TableId> sources, Targets targets) {
        List<SnowflakeName> schemas = new ArrayList<>();
        for (TableId source : sources) {
            try {
                targets.of(source)
                        .ifPresent(target -> schemas.add(target.table().beside("")));
            } catch (TableUnready e) {
                // Snowflake has no room for its name.
            }
        }
        return schemas.isEmpty() ? null : schemas.get(random.nextInt(schemas.size()));
    }

    /** Those named in full, and one that is there. */
    private static List<Setup.Mirror> mirrors(Targets targets, List<TableId> sources, SnowflakeName schema) {
        List<TableId> known = new ArrayList<>(targets.named());
        sources.stream()
                .filter(source -> name(targets, source, schema).isPresent() && !known.contains(source))
                .findFirst()
                .ifPresent(known::add);
        List<Setup.Mirror> mirrors = new ArrayList<>();
        for (TableId source : known) {
            name(targets, source, schema)
                    .ifPresent(name -> mirrors.add(new Setup.Mirror(source, null, schema.beside(name))));
        }
        return mirrors;
    }

    private static String path(SnowflakeName schema) {
        return Quote.name(schema.database()) + "." + Quote.name(schema.schema());
    }
}
