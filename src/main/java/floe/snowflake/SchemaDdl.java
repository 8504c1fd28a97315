package floe.snowflake;

import static java.util.stream.Collectors.joining;

import floe.change.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The statements that make a Snowflake schema ready to hold mirrored tables: what Floe keeps there, and FLOE_EVOLVE. */
final class SchemaDdl {

    private static final Script SCHEMA = new Script("schema.sql");
    private static final Script REGISTRY = new Script("registry.sql");
    private static final Script CLAIM = new Script("claim.sql");
    private static final Script EVOLVE = new Script("evolve.sql");

    /** What FLOE_EVOLVE fills in and runs, by its phase. */
    private static final Map<Integer, List<Script>> TEMPLATES = Map.of(
            1, List.of(new Script("state.sql")),
            2, List.of(new Script("table.sql")),
            4, List.of(new Script("apply.sql"), new Script("purge.sql")),
            5, List.of(new Script("keyed.sql")));

    private SchemaDdl() {}

    /**
     * The statements, each of which may be repeated.
     *
     * @param table any of the schema
     */
    static List<String> statements(SnowflakeName table) {
        Map<String, String> values = values(table);
        List<String> statements = new ArrayList<>(SCHEMA.statements(values));
        statements.addAll(REGISTRY.statements(values));
        statements.addAll(templates(values.get("floe_scripts")));
        statements.addAll(CLAIM.statements(values));
        statements.addAll(EVOLVE.statements(values));
        return statements;
    }

    private static Map<String, String> values(SnowflakeName table) {
        Map<String, String> values = new HashMap<>();
        Claims.FLOE.forEach(name ->
                values.put(name.toLowerCase(Locale.ROOT), table.beside(name).quoted()));
        String database = Quote.name(table.database());
        values.put("claim_procedure", table.beside("FLOE_CLAIM").quoted());
        values.put("plain_name", Quote.text(TableId.PLAIN_NAME));
        values.put("floe_names", Claims.FLOE.stream().sorted().map(Quote::text).collect(joining(", ")));
        values.put("beside", Quote.text(Claims.BESIDE));
        values.put("evolve_procedure", table.evolveProcedure().quoted());
        values.put("information_schema", database + ".INFORMATION_SCHEMA");
        values.put("schema_name", Quote.text(table.schema()));
        values.put("schema_text", Quote.text(database + "." + Quote.name(table.schema())));
        return values;
    }

    /** All in one statement: at no time are there some of this Floe and some of an earlier one. */
    private static List<String> templates(String scripts) {
        List<String> lines = new ArrayList<>();
        TEMPLATES.forEach((phase, files) -> {
            int place = 0;
            for (Script file : files) {
                for (String template : file.templates()) {
                    lines.add("SELECT " + phase + " AS PHASE, " + place++ + " AS PLACE, " + Quote.text(template)
                            + " AS TEMPLATE");
                }
            }
        });
        String all = lines.stream().sorted().collect(joining("\n    UNION ALL "));
        return List.of("MERGE INTO " + scripts + " AS f\nUSING (\n    " + all + "\n) AS s\n"
                + "ON f.PHASE = s.PHASE AND f.PLACE = s.PLACE\n"
                + "WHEN MATCHED THEN UPDATE SET TEMPLATE = s.TEMPLATE\n"
                + "WHEN NOT MATCHED THEN INSERT (PHASE, PLACE, TEMPLATE) VALUES (s.PHASE, s.PLACE, s.TEMPLATE)");
    }
}
