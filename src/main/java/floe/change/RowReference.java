package floe.change;

/**
 * A change of a row that was too large to travel in its event.
 *
 * @param reference the key of the object in S3 that holds the whole event line
 */
public record RowReference(TableId table, ChangeType type, Position position, String reference) implements Change {}
