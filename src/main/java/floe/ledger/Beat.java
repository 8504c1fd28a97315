package floe.ledger;

import floe.change.Position;
import floe.change.TableId;
import java.time.Instant;
import java.util.List;

/**
 * A heartbeat that arrived on a lane: all marks with numbers up to its own were stored.
 *
 * @param number its own
 * @param at when it was made, in milliseconds since 1970
 * @param position null if it told none
 * @param tables that had lines since the heartbeat before it, which may be one that has not arrived; null if not known
 */
record Beat(long number, long at, Position position, List<TableId> tables) {

    Moment moment() {
        return new Moment(Instant.ofEpochMilli(at), position);
    }
}
