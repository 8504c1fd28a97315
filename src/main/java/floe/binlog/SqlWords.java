package floe.binlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a SQL statement: keywords and names, without numbers, text, comments and punctuation.
 *
 * <p>Text in double quotes counts as a name, as it is one in a session with {@code ANSI_QUOTES}. Comments that MySQL
 * executes ({@code /*!50100 ..}) are read.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/language-structure.html">MySQL: Language Structure</a>
 */
final class SqlWords {

    private final String sql;
    private final boolean quotesNames;
    private final boolean hasEscapes;
    private final List<Word> words = new ArrayList<>();

    private int at;
    private int depth;
    private String beforeDot;
    private String last;

    /**
     * A word.
     *
     * @param qualifier the name before the dot, such as the schema of a table; null if there is none
     * @param quoted whether it can only be a name
     * @param depth how many parentheses are open around it
     */
    record Word(String qualifier, String text, boolean quoted, int depth) {

        boolean is(String keyword) {
            return !quoted && text.equalsIgnoreCase(keyword);
        }
    }

    private SqlWords(Statement statement) {
        this.sql = statement.sql();
        this.quotesNames = statement.quotesNames();
        this.hasEscapes = statement.hasEscapes();
    }

    /**
     * The words in order.
     *
     * @throws IllegalArgumentException if a quote or a comment does not end
     */
    static List<Word> of(Statement statement) {
        SqlWords reader = new SqlWords(statement);
        while (reader.at < reader.sql.length()) {
            reader.readNext();
        }
        return reader.words;
    }

    private void readNext() {
        char c = sql.charAt(at);
        if (c == '\'') {
            quoted(c);
            beforeDot = null;
            last = null;
        } else if (c == '`' || c == '"') {
            add(quoted(c), true);
        } else if (isWordPart(c)) {
            int begin = at;
            while (at < sql.length() && isWordPart(sql.charAt(at))) {
                at++;
            }
            add(sql.substring(begin, at), false);
        } else if (c == '#' || isDashComment()) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end + 1;
        } else if (sql.startsWith("/*!", at)) {
            at += 3;
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                at++;
            }
        } else if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            checkEnd(end >= 0);
            at = end + 2;
        } else {
            readPunctuation(c);
        }
    }

    /** Two dashes begin a comment if blank space follows. */
    private boolean isDashComment() {
        return sql.startsWith("--", at) && (at + 2 == sql.length() || sql.charAt(at + 2) <= ' ');
    }

    private void readPunctuation(char c) {
        at++;
        if (c > ' ') {
            beforeDot = c == '.' ? last : null;
            last = null;
        }
        if (c == '(') {
            depth++;
        } else if (c == ')') {
            depth--;
        }
    }

    private void add(String text, boolean isQuoted) {
        // A long INSERT consists of numbers, which name nothing.
        if (isQuoted || !text.chars().allMatch(Character::isDigit)) {
            words.add(new Word(beforeDot, text, isQuoted, depth));
        }
        beforeDot = null;
        last = text;
    }

    /** What stands in quotes, which are doubled within; a backslash escapes in text, unless the session takes it for itself, and not in a name. */
    private String quoted(char quote) {
        boolean escapes = hasEscapes && quote != '`' && !(quote == '"' && quotesNames);
        StringBuilder text = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == '\\' && escapes && at < sql.length()) {
                text.append(sql.charAt(at++));
            } else if (c != quote) {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == quote) {
                text.append(quote);
                at++;
            } else {
                return text.toString();
            }
        }
        checkEnd(false);
        return "";
    }

    private static void checkEnd(boolean ends) {
        if (!ends) {
            throw new IllegalArgumentException("A quote or a comment does not end");
        }
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }
}
