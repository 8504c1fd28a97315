package floe.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import floe.change.Position;
import floe.change.TableId;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot of one table that is under way: its rows are read beside the binlog, and all have one position.
 *
 * @param position at which it began: above all that was read of the binlog by then, below all that came later
 * @param file the binlog file of that place
 * @param gtids the transactions that were read by then: what is read of the table must show all of them
 * @param begun when, such as {@code 2026-11-22T10:00:00Z}
 * @param definition of the table as it is read, in words of whoever reads it; null before anything was read
 * @param parts where reading goes on in each part of the table that is not read to its end, in words of whoever reads it;
 *     null before anything was read
 * @param rows that are read and acknowledged
 * @param estimate of all rows, by MySQL; 0 before it was asked
 */
public record TableSnapshot(
        @JsonProperty(required = true) TableId table,
        @JsonProperty(required = true) String position,
        @JsonProperty(required = true) String file,
        @JsonProperty(required = true) String gtids,
        @JsonProperty(required = true) String begun,
        String definition,
        List<String> parts,
        long rows,
        long estimate) {

    public TableSnapshot {
        parts = parts == null ? null : List.copyOf(parts);
    }

    /** One of which nothing is read yet. */
    public static TableSnapshot begin(TableId table, Position position, String file, String gtids, Instant now) {
        return new TableSnapshot(table, position.toString(), file, gtids, now.toString(), null, null, 0, 0);
    }

    /** The same once it is known how the table is read. */
    public TableSnapshot cut(String newDefinition, List<String> newParts, long newEstimate) {
        return new TableSnapshot(table, position, file, gtids, begun, newDefinition, newParts, 0, newEstimate);
    }

    /** The same when this much of it is read. */
    public TableSnapshot at(List<String> newParts, long newRows) {
        return new TableSnapshot(table, position, file, gtids, begun, definition, newParts, newRows, estimate);
    }

    /** The position of all its rows. */
    @JsonIgnore
    public Position began() {
        return Position.parse(position);
    }

    /** Whether all of the table is read and acknowledged. */
    @JsonIgnore
    public boolean isRead() {
        return parts != null && parts.isEmpty();
    }

    /** Whether it is the same snapshot, however far. */
    public boolean isLike(TableSnapshot other) {
        return table.equals(other.table) && position.equals(other.position);
    }

    /** How much of it is read, in percent from 0 to 99 by MySQL's estimate; 0 before there is one. */
    @JsonIgnore
    public int percent() {
        return estimate <= 0 ? 0 : (int) Math.min(99, rows * 100 / estimate);
    }
}
