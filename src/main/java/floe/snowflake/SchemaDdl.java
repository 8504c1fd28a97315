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

    /**
     * What FLOE_EVOLVE fills in and runs.
     *
     * @param phase in which it does, in the order of the places
     * @param of which tables need it, as registry.sql has them
     */
    private record Part(int phase, int place, String of, List<String> templates) {}

    private static final List<Part> PARTS = List.of(
            new Part(1, 0, "all", templates("state.sql")),
            new Part(2, 0, "there", templates("table.sql")),
            new Part(4, 0, "hard", applying("rows-hard.sql")),
            new Part(4, 10, "soft", applying("rows-soft.sql")),
            new Part(4, 20, "gone", templates("apply-gone.sql")),
            new Part(4, 30, "all", templates("purge.sql")),
            new Part(5, 0, "keyed", templates("keyed.sql")),
            new Part(5, 10_000, "all", templates("ended.sql")),
            new Part(5, 10_010, "hard", templates("ended-hard.sql")),
            new Part(5, 10_020, "soft", templates("ended-soft.sql")),
            new Part(5, 10_030, "hardened", templates("hardened.sql")));

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
        statements.addAll(recorded(values.get("floe_scripts")));
        statements.addAll(CLAIM.statements(values));
        statements.addAll(EVOLVE.statements(values));
        return statements;
    }

    private static List<String> templates(String file) {
        return new Script(file).templates();
    }

    /** The procedure that applies, which writes rows in this way. */
    private static List<String> applying(String rows) {
        return new Script("apply.sql")
                .with("rows", rows)
                .with("refused", "rows-refused.sql")
                .templates();
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
    private static List<String> recorded(String scripts) {
        List<String> lines = new ArrayList<>();
        for (Part part : PARTS) {
            int place = part.place();
            for (String template : part.templates()) {
                lines.add("SELECT " + part.phase() + " AS PHASE, " + place++ + " AS PLACE, " + Quote.text(part.of())
                        + " AS OF_TABLES, " + Quote.text(template) + " AS TEMPLATE");
            }
        }
        return List.of("MERGE INTO " + scripts + " AS f\nUSING (\n    " + String.join("\n    UNION ALL ", lines)
                + "\n) AS s\nON f.PHASE = s.PHASE AND f.PLACE = s.PLACE\n"
                + "WHEN MATCHED THEN UPDATE SET OF_TABLES = s.OF_TABLES, TEMPLATE = s.TEMPLATE\n"
                + "WHEN NOT MATCHED THEN INSERT (PHASE, PLACE, OF_TABLES, TEMPLATE)"
                + " VALUES (s.PHASE, s.PLACE, s.OF_TABLES, s.TEMPLATE)");
    }
}
