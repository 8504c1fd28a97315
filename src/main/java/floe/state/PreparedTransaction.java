package floe.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import floe.change.Position;
import floe.change.TableId;
import java.util.Collection;
import java.util.Set;

/**
 * A transaction that was prepared ({@code XA PREPARE}) and has not ended. Its rows were sent on as if committed.
 *
 * @param xid as MySQL prints it
 * @param tables the captured tables that it changed; empty if none
 * @param position where it was prepared
 * @param beforeSnapshot whether a later snapshot, which does not show its rows, took them away from the copies
 */
record PreparedTransaction(
        @JsonProperty(required = true) String xid,
        @JsonProperty(required = true) Set<TableId> tables,
        @JsonProperty(required = true) String position,
        boolean beforeSnapshot) {

    /** The same after a snapshot of {@code covered} that began at {@code began}. */
    PreparedTransaction snapshotted(Collection<TableId> covered, Position began) {
        return Position.parse(position).compareTo(began) <= 0 && tables.stream().anyMatch(covered::contains)
                ? new PreparedTransaction(xid, tables, position, true)
                : this;
    }
}
