package floe.ledger;

import floe.change.Position;
import java.time.Instant;

/**
 * What a heartbeat tells of its time.
 *
 * @param at when capture made it, by capture's clock
 * @param position the highest one of the binlog that was put on the stream before; null if there was none
 */
public record Moment(Instant at, Position position) {

    /** For people. */
    @Override
    public String toString() {
        return at + (position == null ? "" : ", position " + position);
    }
}
