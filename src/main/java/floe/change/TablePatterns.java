package floe.change;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tables are meant, by a list of names and patterns such as {@code shop.*, crm.order_?, !shop.tmp_*}: those that one
 * of them matches, and none that begins with an exclamation mark. Names are compared as MySQL spells them. MySQL's own schemas
 * are never meant.
 *
 * <p>Safe for use by several threads.
 */
public final class TablePatterns {

    /** What a list should be, to read after "it should be". */
    public static final String SHOULD =
            "a comma-separated list of schema.table as MySQL spells them, where * stands for any"
                    + " characters and ? for one, !schema.table leaves tables out, and a name with a dot, a comma, blank space or"
                    + " any of `*?!\"'> stands in backticks";

    private static final Set<String> SYSTEM_SCHEMAS =
            Set.of("mysql", "sys", "information_schema", "performance_schema");

    private final List<Item> items;
    private final Set<TableId> named;
    private final List<Item> included;
    private final List<Item> excluded;

    /**
     * A pattern as SQL takes it in {@code LIKE .. ESCAPE '^'}.
     *
     * @param excludes whether it leaves tables out
     */
    public record Like(boolean excludes, String schema, String table) {

        /** Exactly this table is left out. */
        public static Like without(TableId table) {
            return new Like(true, escaped(table.schema()), escaped(table.table()));
        }

        private static String escaped(String name) {
            return name.replace("^", "^^").replace("%", "^%").replace("_", "^_");
        }

        private static Like of(boolean excludes, QuotedName schema, QuotedName table) {
            return new Like(excludes, wild(schema), wild(table));
        }

        private static String wild(QuotedName name) {
            String escaped = escaped(name.text());
            return name.hasWildcard() ? escaped.replace('*', '%').replace('?', '_') : escaped;
        }
    }

    /**
     * A name or a pattern.
     *
     * @param text in one spelling
     * @param table null for a pattern, which has at least one wildcard
     * @param like the same for SQL
     */
    private record Item(String text, boolean excludes, TableId table, Pattern schema, Pattern name, Like like) {

        static Item parse(String text) {
            boolean excludes = text.startsWith("!");
            List<QuotedName> names = QuotedName.parse(excludes ? text.substring(1) : text);
            QuotedName schema = names.get(0);
            QuotedName name = names.get(1);
            if (SYSTEM_SCHEMAS.contains(schema.text().toLowerCase(Locale.ROOT)) && !excludes) {
                throw new IllegalArgumentException("'" + text + "' is of a schema of MySQL's own");
            }
            boolean isPattern = schema.hasWildcard() || name.hasWildcard();
            TableId table = isPattern ? null : new TableId(schema.text(), name.text());
            String written = isPattern ? schema + "." + name : table.toString();
            return new Item(
                    excludes ? "!" + written : written,
                    excludes,
                    table,
                    pattern(schema),
                    pattern(name),
                    Like.of(excludes, schema, name));
        }

        boolean matches(TableId other) {
            return table != null
                    ? table.equals(other)
                    : schema.matcher(other.schema()).matches()
                            && name.matcher(other.table()).matches();
        }

        private static Pattern pattern(QuotedName name) {
            String regex = !name.hasWildcard()
                    ? Pattern.quote(name.text())
                    : name.text()
                            .codePoints()
                            .mapToObj(character -> switch (character) {
                                case '*' -> ".*";
                                case '?' -> ".";
                                default -> Pattern.quote(Character.toString(character));
                            })
                            .collect(Collectors.joining());
            return Pattern.compile(regex, Pattern.DOTALL);
        }
    }

    private TablePatterns(List<Item> items) {
        this.items = items;
        this.named = items.stream()
                .filter(item -> !item.excludes() && item.table() != null)
                .map(Item::table)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        this.included = items.stream()
                .filter(item -> !item.excludes() && item.table() == null)
                .toList();
        this.excluded = items.stream().filter(Item::excludes).toList();
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException if an item of it is no name and no pattern, or is of a schema of MySQL's own; the
     *     message names it
     */
    public static TablePatterns parse(String list) {
        return new TablePatterns(
                QuotedName.items(list).stream().map(Item::parse).toList());
    }

    /** Exactly these tables. */
    public static TablePatterns of(Collection<TableId> tables) {
        return parse(tables.stream().map(TableId::toString).collect(Collectors.joining(",")));
    }

    /** The items of a list, stripped; a comma in backticks is part of a name. */
    public static List<String> items(String list) {
        return QuotedName.items(list);
    }

    /** Whether this table is meant. */
    public boolean contains(TableId table) {
        return (named.contains(table)
                        || (!included.isEmpty()
                                && !SYSTEM_SCHEMAS.contains(table.schema())
                                && included.stream().anyMatch(item -> item.matches(table))))
                && excluded.stream().noneMatch(item -> item.matches(table));
    }

    /** Whether it can mean no table at all, as nothing is named that is not left out. */
    public boolean isEmpty() {
        return included.isEmpty() && named().isEmpty();
    }

    /** The tables that are named in full, in the order of the list. */
    public Set<TableId> named() {
        return named.stream().filter(this::contains).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Its patterns in the form of SQL, with all that is left out, MySQL's own schemas among it; the tables that are {@link #named} in
     * full are not among them.
     */
    public List<Like> likes() {
        Stream<Like> own = SYSTEM_SCHEMAS.stream().sorted().map(schema -> new Like(true, Like.escaped(schema), "%"));
        return Stream.of(included.stream().map(Item::like), excluded.stream().map(Item::like), own)
                .flatMap(any -> any)
                .toList();
    }

    /** The names and patterns that mean none of these tables, as they are written. */
    public List<String> withoutAny(Collection<TableId> tables) {
        Set<TableId> meant = new HashSet<>(tables);
        return items.stream()
                .filter(item -> !item.excludes()
                        && (item.table() != null
                                ? !meant.contains(item.table())
                                : meant.stream().noneMatch(item::matches)))
                .map(Item::text)
                .toList();
    }

    /** The list in one spelling, whatever the order and the blank space that it was written in. */
    public List<String> sorted() {
        return items.stream().map(Item::text).distinct().sorted().toList();
    }

    /** The list as it was written. */
    @Override
    public String toString() {
        return items.stream().map(Item::text).collect(Collectors.joining(", "));
    }
}
