package floe.snowflake;

import floe.change.TableId;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements that record in Snowflake how the owner of mirrored tables wants them. */
final class OptionsDdl {

    /** Stands for all sources of which nothing is recorded, as those that match a pattern and come later. */
    private static final String OTHERS = "";

    private OptionsDdl() {}

    /**
     * What is recorded in a schema, in place of what was before. To be run in one transaction.
     *
     * @param table any of the schema
     */
    static List<String> statements(SnowflakeName table, MirrorRules rules) {
        String options = table.beside("FLOE_OPTIONS").quoted();
        String lines = Stream.concat(
                        Stream.of(line(OTHERS, rules.usual())),
                        new TreeMap<>(rules.byTable())
                                .entrySet().stream()
                                        .map(one -> line(one.getKey().toString(), one.getValue())))
                .collect(Collectors.joining("\n    UNION ALL "));
        return List.of(
                "DELETE FROM " + options,
                "INSERT INTO " + options + " (SOURCE, DELETES, DROPPED_COLUMNS, DROPPED_TABLES, METADATA)\n    "
                        + lines);
    }

    /** What is recorded for one source, whether by itself or among others. */
    static String line(TableId source, MirrorRules rules) {
        return line(source.toString(), rules.of(source));
    }

    private static String line(String source, MirrorRule rule) {
        return "SELECT " + Quote.text(source) + " AS SOURCE, "
                + text(rule.deletes()) + " AS DELETES, "
                + text(rule.droppedColumns()) + " AS DROPPED_COLUMNS, "
                + text(rule.droppedTables()) + " AS DROPPED_TABLES, "
                + Quote.text(rule.metadataColumns()) + " AS METADATA";
    }

    private static String text(Enum<?> choice) {
        return Quote.text(MirrorRule.spelled(choice));
    }
}
