package local.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import local.snowflake.sql.Token.Kind;
import local.snowflake.values.SnowflakeError;

/** Cuts Snowflake SQL into tokens; comments fall away. */
final class SqlLexer {

    private static final List<String> LONG_SYMBOLS = List.of("::", ":=", "=>", "<>", "!=", "<=", ">=", "||", "->");
    private static final String SYMBOLS = "()[]{},.;:=<>+-*/%?|@~^&!";

    private final String sql;
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /** The tokens of {@code sql}, the last of them of kind END. */
    static List<Token> tokens(String sql) throws SnowflakeError {
        return new SqlLexer(sql).tokens();
    }

    private List<Token> tokens() throws SnowflakeError {
        List<Token> tokens = new ArrayList<>();
        skipBlanks();
        while (at < sql.length()) {
            tokens.add(token());
            skipBlanks();
        }
        tokens.add(new Token(Kind.END, "<EOF>", "", sql.length()));
        return tokens;
    }

    private Token token() throws SnowflakeError {
        int start = at;
        char first = sql.charAt(at);
        if (first == '\'') {
            return token(Kind.STRING, string(), start);
        }
        if (first == '"') {
            return token(Kind.QUOTED, quoted(), start);
        }
        if (sql.startsWith("$$", at)) {
            return token(Kind.STRING, between("$$"), start);
        }
        if (isDigit(first) || (first == '.' && isDigit(charAt(at + 1)))) {
            number();
            return token(Kind.NUMBER, sql.substring(start, at), start);
        }
        if (Character.isLetter(first) || first == '_' || first == '$') {
            while (isWordPart(charAt(at))) {
                at++;
            }
            return token(Kind.WORD, sql.substring(start, at).toUpperCase(Locale.ROOT), start);
        }
        for (String symbol : LONG_SYMBOLS) {
            if (sql.startsWith(symbol, at)) {
                at += 2;
                return token(Kind.SYMBOL, symbol, start);
            }
        }
        if (SYMBOLS.indexOf(first) < 0) {
            throw SnowflakeError.syntax(sql, start, String.valueOf(first));
        }
        at++;
        return token(Kind.SYMBOL, String.valueOf(first), start);
    }

    private Token token(Kind kind, String text, int start) {
        return new Token(kind, text, sql.substring(start, at), start);
    }

    private void skipBlanks() throws SnowflakeError {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                at = endOf("*/", at + 2);
            } else {
                return;
            }
        }
    }

    private String between(String mark) throws SnowflakeError {
        int from = at + mark.length();
        at = endOf(mark, from);
        return sql.substring(from, at - mark.length());
    }

    private int endOf(String mark, int from) throws SnowflakeError {
        int end = sql.indexOf(mark, from);
        if (end < 0) {
            throw SnowflakeError.syntax(sql, at, sql.substring(at, Math.min(sql.length(), at + 20)));
        }
        return end + mark.length();
    }

    private String quoted() throws SnowflakeError {
        StringBuilder text = new StringBuilder();
        int from = at + 1;
        while (true) {
            int end = endOf("\"", from);
            text.append(sql, from, end - 1);
            if (charAt(end) != '"') {
                at = end;
                return text.toString();
            }
            text.append('"');
            from = end + 1;
        }
    }

    private String string() throws SnowflakeError {
        StringBuilder text = new StringBuilder();
        int start = at++;
        while (at < sql.length()) {
            char next = sql.charAt(at++);
            if (next == '\\' && at < sql.length()) {
                text.append(escaped(sql.charAt(at++)));
            } else if (next != '\'') {
                text.append(next);
            } else if (charAt(at) == '\'') {
                text.append('\'');
                at++;
            } else {
                return text.toString();
            }
        }
        throw SnowflakeError.syntax(sql, start, sql.substring(start, Math.min(sql.length(), start + 20)));
    }

    private String escaped(char letter) {
        return switch (letter) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case '0' -> "\0";
            case 'u' -> {
                String digits = sql.substring(at, Math.min(sql.length(), at + 4));
                at += digits.length();
                yield String.valueOf((char) Integer.parseInt(digits, 16));
            }
            default -> String.valueOf(letter);
        };
    }

    private void number() {
        digits();
        if (charAt(at) == '.') {
            at++;
            digits();
        }
        if (charAt(at) == 'e' || charAt(at) == 'E') {
            int sign = charAt(at + 1) == '-' || charAt(at + 1) == '+' ? 1 : 0;
            if (isDigit(charAt(at + 1 + sign))) {
                at += 1 + sign;
                digits();
            }
        }
    }

    private void digits() {
        while (isDigit(charAt(at))) {
            at++;
        }
    }

    private char charAt(int index) {
        return index < sql.length() ? sql.charAt(index) : '\0';
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isWordPart(char letter) {
        return Character.isLetterOrDigit(letter) || letter == '_' || letter == '$';
    }
}
