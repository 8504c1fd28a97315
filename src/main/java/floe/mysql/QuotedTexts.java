package floe.mysql;

import java.util.ArrayList;
import java.util.List;

/**
 * The string constants in a piece of MySQL's SQL, such as the members in {@code enum('new','it''s')}.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/string-literals.html">String Literals</a>
 */
public final class QuotedTexts {

    private QuotedTexts() {}

    /** Their texts, in the order of the SQL; one that does not end is left out. */
    public static List<String> in(String sql) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            boolean more = i + 1 < sql.length();
            if (quote == 0) {
                quote = c == '\'' || c == '"' ? c : 0;
            } else if (c == quote && more && sql.charAt(i + 1) == quote) {
                text.append(c);
                i++;
            } else if (c == quote) {
                texts.add(text.toString());
                text.setLength(0);
                quote = 0;
            } else if (c == '\\' && more) {
                i++;
                text.append(escaped(sql.charAt(i)));
            } else {
                text.append(c);
            }
        }
        return texts;
    }

    private static String escaped(char c) {
        return switch (c) {
            case '0' -> "\0";
            case 'b' -> "\b";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'Z' -> "\u001a";
            case '%', '_' -> "\\" + c;
            default -> String.valueOf(c);
        };
    }
}
