package local.snowflake.sql;

/**
 * One word of SQL text.
 *
 * @param text its meaning: an unquoted word in upper case, a quoted one and a string without quotes and escapes
 * @param written as it was written
 * @param start where it begins in the text
 */
public record Token(Kind kind, String text, String written, int start) {

    public enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    /** Whether this is the unquoted word or the symbol {@code text}. */
    public boolean is(String text) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && this.text.equals(text);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    int end() {
        return start + written.length();
    }
}
