package local.tables;

/**
 * Where the two sides differ.
 *
 * @param kind what is wrong
 * @param key of the row; for a whole table or column empty
 * @param column that differs; of a row that one side lacks, empty
 * @param source what MySQL has, as text; null for NULL
 * @param target what Snowflake has, as text; null for NULL
 */
public record Difference(Table table, Kind kind, String key, String column, String source, String target) {

    private static final int SHOWN = 120;

    /** What is wrong. */
    public enum Kind {
        /** Snowflake lacks the table, or it cannot be read. */
        NO_TABLE,
        /** Snowflake's table lacks the column. */
        NO_COLUMN,
        /** Snowflake lacks the row. */
        LOST,
        /** MySQL lacks the row. */
        LEFT_OVER,
        /** A value differs. */
        VALUE
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NO_TABLE -> table + ": " + target;
            case NO_COLUMN -> table + ": no column " + column;
            case LOST -> table + " " + cut(key) + ": MySQL " + cut(source) + ", Snowflake has no such row";
            case LEFT_OVER -> table + " " + cut(key) + ": MySQL has no such row, Snowflake " + cut(target);
            case VALUE ->
                table + " " + cut(key) + ": " + column + " is " + cut(source) + " in MySQL and " + cut(target)
                        + " in Snowflake";
        };
    }

    private static String cut(String text) {
        return text == null || text.length() <= SHOWN
                ? text
                : text.substring(0, SHOWN) + ".. (" + text.length() + " characters)";
    }
}
