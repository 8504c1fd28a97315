package local.tables;

/**
 * A table and its copy.
 *
 * @param target the name of the copy, as SQL in Snowflake writes it
 */
public record Mirrored(Table table, String target) {}
