package floe.change;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name as people write it.
 *
 * @param text without the backticks around it
 * @param quoted whether it stands in backticks, so that every character stands for itself
 */
record QuotedName(String text, boolean quoted) {

    /** In backticks, where two stand for one; or without any, nor a dot. */
    private static final String NAME = "`(?:[^`]|``)+`|[^.`]+";

    private static final Pattern TWO_NAMES = Pattern.compile("\\s*(" + NAME + ")\\.(" + NAME + ")\\s*");

    /**
     * The names of {@code schema.table}.
     *
     * @throws IllegalArgumentException if these are not two names
     */
    static List<QuotedName> parse(String text) {
        Matcher names = TWO_NAMES.matcher(text);
        if (!names.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a table name of the form schema.table");
        }
        return List.of(name(names.group(1), text), name(names.group(2), text));
    }

    private static QuotedName name(String written, String all) {
        if (written.startsWith("`")) {
            return new QuotedName(written.substring(1, written.length() - 1).replace("``", "`"), true);
        }
        if (written.isBlank()) {
            throw new IllegalArgumentException("'" + all + "' is not a table name of the form schema.table");
        }
        return new QuotedName(written.strip(), false);
    }

    /** Whether it stands for several. */
    boolean hasWildcard() {
        return !quoted && (text.contains("*") || text.contains("?"));
    }

    /** As it is written. */
    @Override
    public String toString() {
        return quoted ? "`" + text.replace("`", "``") + "`" : text;
    }

    /** The items of a comma-separated list, stripped and without empty ones; a comma in backticks is part of a name. */
    static List<String> items(String list) {
        List<String> items = new ArrayList<>();
        int begin = 0;
        boolean quoted = false;
        for (int at = 0; at <= list.length(); at++) {
            if (at == list.length() || (list.charAt(at) == ',' && !quoted)) {
                String item = list.substring(begin, at).strip();
                if (!item.isEmpty()) {
                    items.add(item);
                }
                begin = at + 1;
            } else if (list.charAt(at) == '`') {
                quoted = !quoted;
            }
        }
        return items;
    }
}
