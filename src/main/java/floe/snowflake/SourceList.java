package floe.snowflake;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import floe.change.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The statements that write which sources may be mirrored in a Snowflake schema, and what is recorded of their tables: few, however
 * many tables there are.
 */
final class SourceList {

    /** A statement may have a megabyte. */
    private static final int PAIRS_TOGETHER = 2_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final String sources;
    private final String tables;
    private final String rules;

    /** @param table any of the schema */
    SourceList(SnowflakeName table) {
        sources = table.beside("FLOE_SOURCES").quoted();
        tables = table.floeTables().quoted();
        rules = table.beside("FLOE_RULES").quoted();
    }

    /**
     * Makes {@code listed} and what these rules give the whole list: others go from it. A name that another source has is left to it.
     * All of it happens at once, and while nobody else gives names away.
     *
     * @param rulesJson what FLOE_CLAIM reads
     * @param options the statements that record how the owner wants the tables
     */
    List<String> replace(List<Target> listed, String rulesJson, List<String> options) {
        String listing = Quote.text(Digest.of(rulesJson + listed));
        List<String> statements = new ArrayList<>(options);
        statements.add("DELETE FROM " + rules);
        statements.add("INSERT INTO " + rules + " (RULES) SELECT " + Quote.text(rulesJson));
        statements.addAll(forEach(
                pairs(listed),
                some -> "MERGE INTO " + sources + " AS f\nUSING (" + some + ") AS s\n"
                        + "ON f.TABLE_NAME = s.TABLE_NAME AND f.SOURCE = s.VALUE\n"
                        + "WHEN MATCHED THEN UPDATE SET LISTING = " + listing));
        statements.add("DELETE FROM " + sources + " WHERE TABLE_NAME <> '' AND COALESCE(LISTING, '') <> " + listing);
        statements.addAll(add(listed, listing));
        return locked(statements);
    }

    /** The same as a transaction, in which nobody else gives names away. */
    List<String> locked(List<String> statements) {
        List<String> transaction = new ArrayList<>();
        transaction.add("BEGIN TRANSACTION");
        transaction.add("UPDATE " + sources + " SET LOCKED_AT = CURRENT_TIMESTAMP() WHERE TABLE_NAME = ''");
        transaction.addAll(statements);
        transaction.add("COMMIT");
        return transaction;
    }

    /** Adds these to the list. */
    List<String> add(List<Target> listed) {
        return add(listed, "NULL");
    }

    private List<String> add(List<Target> listed, String listing) {
        return forEach(
                pairs(listed),
                some -> "MERGE INTO " + sources + " AS f\nUSING (\n    SELECT l.TABLE_NAME, l.VALUE FROM (" + some
                        + ") AS l\n    LEFT JOIN " + tables
                        + " AS t ON t.TABLE_NAME = l.TABLE_NAME AND t.SOURCE <> l.VALUE AND t.REVISION IS NOT NULL\n"
                        + "    WHERE t.TABLE_NAME IS NULL\n) AS s\nON f.TABLE_NAME = s.TABLE_NAME\n"
                        + "WHEN NOT MATCHED THEN INSERT (SOURCE, TABLE_NAME, LISTING) VALUES (s.VALUE, s.TABLE_NAME, "
                        + listing + ")");
    }

    /** Records what these tables were made from, by their names. */
    List<String> record(Map<String, String> digests) {
        List<List<String>> pairs = digests.entrySet().stream()
                .map(table -> List.of(table.getKey(), table.getValue()))
                .toList();
        return forEach(
                pairs,
                some -> "MERGE INTO " + tables + " AS f\nUSING (" + some + ") AS s\nON f.TABLE_NAME = s.TABLE_NAME\n"
                        + "WHEN MATCHED THEN UPDATE SET SET_UP = s.VALUE");
    }

    private static List<List<String>> pairs(List<Target> listed) {
        return listed.stream()
                .map(target -> List.of(target.table().name(), target.source().toString()))
                .toList();
    }

    /** A statement for each of a few large parts of {@code pairs}. */
    private static List<String> forEach(List<List<String>> pairs, Function<String, String> statement) {
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < pairs.size(); from += PAIRS_TOGETHER) {
            ArrayNode json = JSON.createArrayNode();
            pairs.subList(from, Math.min(pairs.size(), from + PAIRS_TOGETHER))
                    .forEach(pair -> json.addArray().add(pair.get(0)).add(pair.get(1)));
            statements.add(statement.apply("SELECT c.value[0]::VARCHAR AS TABLE_NAME, c.value[1]::VARCHAR AS VALUE"
                    + " FROM TABLE(FLATTEN(INPUT => PARSE_JSON(" + Quote.text(json.toString()) + "))) AS c"));
        }
        return statements;
    }
}
