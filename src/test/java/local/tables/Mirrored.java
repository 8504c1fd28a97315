package local.tables;

/**
 * A table and its copy.
 *
 * @param target the name of the copy, as SQL in Snowflake writes it
 * @param once whether rows that are equal in all columns count as one, as in the copy of a table without a key by a hash
 */
public record Mirrored(Table table, String target, boolean once) {

    /** The same with each row for itself. */
    public Mirrored(Table table, String target) {
        this(table, target, false);
    }
}
