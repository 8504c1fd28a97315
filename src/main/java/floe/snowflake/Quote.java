package floe.snowflake;

/**
 * Names and texts as Snowflake's SQL writes them.
 *
 * @see <a href="https://docs.snowflake.com/en/sql-reference/data-types-text#escape-sequences-in-single-quoted-string-constants">
 *     String constants</a>
 */
final class Quote {

    private Quote() {}

    /** {@code name} as a quoted identifier. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code text} as a string constant; a backslash is an escape character in these. */
    static String text(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
