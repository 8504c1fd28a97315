package floe.change;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A MySQL table by its schema and name, both as MySQL spells them. Tables are ordered by schema and then by name. */
public record TableId(String schema, String table) implements Comparable<TableId> {

    private static final Comparator<TableId> ORDER =
            Comparator.comparing(TableId::schema).thenComparing(TableId::table);

    /** Names that no list of tables or patterns takes for something else, as a regular expression: all others stand in backticks. */
    public static final String PLAIN_NAME = "[^\\s.,`*?!\"'>]+";

    private static final int MOST_NAMED = 10;

    private static final Pattern PLAIN = Pattern.compile(PLAIN_NAME);

    /**
     * Reads {@code schema.table}, where each name may stand in backticks, doubled within; one with a dot, a comma or a backtick
     * must, and so must one with a sign that stands for others in {@link TablePatterns}.
     *
     * @throws IllegalArgumentException if it is not two names, or a pattern
     */
    public static TableId parse(String text) {
        List<QuotedName> names = QuotedName.parse(text);
        if (names.stream().anyMatch(QuotedName::hasWildcard)) {
            throw new IllegalArgumentException("'" + text + "' is a pattern where one table should be named");
        }
        return new TableId(names.get(0).text(), names.get(1).text());
    }

    @Override
    public int compareTo(TableId other) {
        return ORDER.compare(this, other);
    }

    /** The first of these tables in words, and how many more there are: a line that people can read, however many they are. */
    public static String some(Collection<TableId> tables) {
        String first = tables.stream().limit(MOST_NAMED).map(TableId::toString).collect(Collectors.joining(", "));
        return tables.size() <= MOST_NAMED ? first : first + " and " + (tables.size() - MOST_NAMED) + " more tables";
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return spelt(schema) + "." + spelt(table);
    }

    private static String spelt(String name) {
        return PLAIN.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
    }
}
