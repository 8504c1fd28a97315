package change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A change of a table as a whole.
 *
 * @param type {@link ChangeType#QUERY}, {@link ChangeType#TRUNCATE} or {@link ChangeType#SNAPSHOT}
 * @param shape of a {@link ChangeType#QUERY}, the table that resulted; null if it was dropped, and for the other types
 */
public record TableChange(TableId table, ChangeType type, JsonNode shape, Position position) implements Change {}
