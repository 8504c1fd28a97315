package floe.snowflake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Templates of SQL statements on the class path, with placeholders such as {@code {table}}. Comments before a statement are
 * left out, so placeholders in them are for readers alone.
 */
final class Script {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    private final String name;
    private final String text;
    private final List<String> templates;

    /** @param name of a file in the folder {@code snowflake} of the class path */
    Script(String name) {
        this(name, text(name));
    }

    private Script(String name, String text) {
        this.name = name;
        this.text = text;
        this.templates = List.copyOf(split(text));
    }

    /** The same with the text of another file in place of a placeholder. */
    Script with(String placeholder, String file) {
        return new Script(name, text.replace("{" + placeholder + "}", text(file).strip()));
    }

    private static String text(String name) {
        try (InputStream file = Script.class.getResourceAsStream("/snowflake/" + name)) {
            if (file == null) {
                throw new IllegalStateException("There is no snowflake/" + name + " on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The statements, in order, without the semicolons between them, each placeholder replaced by its value. They are
     * those of the file, whatever the values hold: it was split before.
     */
    List<String> statements(Map<String, String> values) {
        return templates.stream().map(template -> filled(template, values)).toList();
    }

    /** The statements with their placeholders, in order, without the semicolons between them. */
    List<String> templates() {
        return templates;
    }

    private String filled(String template, Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException(name + " asks for {" + found.group(1) + "}, which nothing fills");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /**
     * Splits at semicolons, but not within comments, quotes and {@code $$} bodies. Comments before the first word of a
     * statement are left out.
     */
    static List<String> split(String sql) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < sql.length()) {
            int end = endOfPiece(sql, at);
            if (sql.charAt(at) == ';') {
                add(statements, sql.substring(start, at));
                start = end;
            } else if (isComment(sql, at) && sql.substring(start, at).isBlank()) {
                start = end;
            }
            at = end;
        }
        add(statements, sql.substring(start));
        return statements;
    }

    private static void add(List<String> statements, String statement) {
        if (!statement.isBlank()) {
            statements.add(statement.strip());
        }
    }

    private static boolean isComment(String sql, int at) {
        return sql.startsWith("--", at) || sql.startsWith("/*", at);
    }

    private static int endOfPiece(String sql, int at) {
        if (sql.startsWith("--", at)) {
            return after(sql, "\n", at);
        }
        if (sql.startsWith("/*", at)) {
            return after(sql, "*/", at + 2);
        }
        if (sql.startsWith("$$", at)) {
            return after(sql, "$$", at + 2);
        }
        return switch (sql.charAt(at)) {
            case '"' -> after(sql, "\"", at + 1);
            case '\'' -> afterText(sql, at + 1);
            default -> at + 1;
        };
    }

    private static int afterText(String sql, int from) {
        int at = from;
        while (at < sql.length() && sql.charAt(at) != '\'') {
            at += sql.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, sql.length());
    }

    private static int after(String sql, String mark, int from) {
        int at = sql.indexOf(mark, from);
        return at < 0 ? sql.length() : at + mark.length();
    }
}
