package floe.snowflake;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import floe.change.TableId;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the target of a source is called where nobody names it: the settings {@code load.target} and {@code load.target-case}. A part
 * with braces comes in that case; one without is a name in Snowflake as SQL reads it.
 *
 * @param parts database, schema and table, each as pieces to be put one behind the other
 */
record TargetTemplate(List<List<Piece>> parts, LetterCase letterCase) {

    private static final String KEY = "load.target";
    private static final String SHOULD =
            "one to three names with dots between them, such as {table}, {schema}_{table} or RAW.{schema}.mysql_{table}, with"
                    + " {table} in one of them";

    private static final Pattern PIECE = Pattern.compile("\\{([^{}]*)}|([^{}]+)|[{}]");

    /** What a piece stands for. */
    enum Kind {
        TEXT,
        SCHEMA,
        TABLE
    }

    /**
     * A piece of a name.
     *
     * @param text in its case; empty where it stands for the schema or the table of the source
     */
    record Piece(Kind kind, String text) {

        private String of(TableId source, LetterCase letterCase) {
            return switch (kind) {
                case TEXT -> text;
                case SCHEMA -> letterCase.of(source.schema());
                case TABLE -> letterCase.of(source.table());
            };
        }
    }

    TargetTemplate {
        parts = List.copyOf(parts);
    }

    /**
     * Reads it; parts that it does not have are {@code snowflake.database} and {@code snowflake.schema}.
     *
     * @throws WrongSetting if one of these is missing or wrong
     */
    static TargetTemplate read(Settings settings) {
        LetterCase letterCase = settings.oneOf(KEY + "-case", LetterCase.class);
        String text = settings.text(KEY, SHOULD);
        List<List<Piece>> parts = new ArrayList<>();
        for (SnowflakeName.Part part : SnowflakeName.parts(text)) {
            parts.add(pieces(part, letterCase, text));
        }
        boolean namesTable = parts.stream().flatMap(List::stream).anyMatch(piece -> piece.kind() == Kind.TABLE);
        if (!namesTable || parts.size() > 3) {
            throw new WrongSetting(KEY, text, SHOULD);
        }
        if (parts.size() < 2) {
            parts.add(0, fixed(settings.text("snowflake.schema", "the name of a schema in that database")));
        }
        if (parts.size() < 3) {
            parts.add(0, fixed(settings.text("snowflake.database", "the name of a Snowflake database")));
        }
        return new TargetTemplate(parts, letterCase);
    }

    private static List<Piece> fixed(String name) {
        return List.of(new Piece(Kind.TEXT, SnowflakeName.fold(name)));
    }

    private static List<Piece> pieces(SnowflakeName.Part part, LetterCase letterCase, String all) {
        if (!part.text().contains("{") && !part.text().contains("}")) {
            return part.quoted() ? List.of(new Piece(Kind.TEXT, part.text())) : fixed(part.text());
        }
        List<Piece> pieces = new ArrayList<>();
        Matcher next = PIECE.matcher(part.text());
        while (next.find()) {
            pieces.add(
                    next.group(2) != null
                            ? new Piece(Kind.TEXT, letterCase.of(next.group(2)))
                            : new Piece(kind(String.valueOf(next.group(1)), all), ""));
        }
        return pieces;
    }

    private static Kind kind(String name, String all) {
        return switch (name) {
            case "schema" -> Kind.SCHEMA;
            case "table" -> Kind.TABLE;
            default -> throw new WrongSetting(KEY, all, SHOULD);
        };
    }

    /** The target of this source. */
    SnowflakeName of(TableId source) {
        List<String> names = parts.stream()
                .map(pieces -> pieces.stream()
                        .map(piece -> piece.of(source, letterCase))
                        .collect(joining()))
                .toList();
        return SnowflakeName.exactly(names.get(0), names.get(1), names.get(2));
    }

    /** The one schema that all targets are in; null where it depends on the source. Its name is that of any table. */
    SnowflakeName onlySchema() {
        List<Piece> path = new ArrayList<>(parts.get(0));
        path.addAll(parts.get(1));
        return path.stream().allMatch(piece -> piece.kind() == Kind.TEXT) ? of(new TableId("", "")) : null;
    }

    /** Adds its pieces, each with the number of its part, from 0. */
    void addTo(ArrayNode json) {
        for (int part = 0; part < parts.size(); part++) {
            for (Piece piece : parts.get(part)) {
                var one = json.addObject().put("part", part);
                switch (piece.kind()) {
                    case TEXT -> one.put("text", piece.text());
                    case SCHEMA -> one.put("of", "schema");
                    case TABLE -> one.put("of", "table");
                }
            }
        }
    }
}
