package floe.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import floe.binlog.BinlogPlace;
import floe.change.Position;
import floe.change.TableId;
import java.time.Instant;

/**
 * Why a table is not equal to its copy any more.
 *
 * @param what happened last of its kind, without any value of a row
 * @param position where
 * @param gtid of the transaction; null if it has none
 * @param time when, such as {@code 2026-11-22T10:00:00Z}
 */
public record Divergence(
        @JsonProperty(required = true) TableId table,
        @JsonProperty(required = true) String what,
        @JsonProperty(required = true) String position,
        String gtid,
        @JsonProperty(required = true) String time) {

    /** What the reason begins with why a snapshot has ended before it had read the table. */
    public static final String NOT_READ = "the snapshot could not read it, as ";

    /** What the reason begins with where a row is larger than Floe may read. */
    public static final String TOO_LARGE = "a row of ";

    /** Why a table has diverged that has just come to be captured. */
    public static final String NOT_CAPTURED = "it was not captured before, so earlier rows were not read";

    private static final String SET_ASIDE = "set aside, its changes are not read: ";

    private static final String NOT_THERE =
            "it is not there any more, and nothing was read of how it went: its copy keeps what it had";

    public static Divergence of(TableId table, String what, BinlogPlace at, long epoch) {
        return new Divergence(
                table,
                what,
                at.position(epoch).toString(),
                at.gtid(),
                Instant.ofEpochMilli(at.millis()).toString());
    }

    /** One of a table that was captured, and is gone before its end was read. */
    static Divergence notThere(TableId table, BinlogPlace at, long epoch) {
        return of(table, NOT_THERE, at, epoch);
    }

    /** One of a table that cannot be captured as it is, for this reason. */
    static Divergence setAside(TableId table, String why, BinlogPlace at, long epoch) {
        return of(table, SET_ASIDE + why, at, epoch);
    }

    /** Whether nothing of the table is read any more, until it is mended. */
    @JsonIgnore
    public boolean isSetAside() {
        // Earlier versions said when.
        return what.startsWith("set aside");
    }

    /** Whether a snapshot makes the table equal to its copy, as far as anybody can tell before. */
    @JsonIgnore
    public boolean isMendedByReading() {
        return !isSetAside() && !what.equals(NOT_THERE) && !what.startsWith(NOT_READ) && !what.startsWith(TOO_LARGE);
    }

    /** Whether it is of the same table and kind. */
    public boolean isLike(Divergence other) {
        return table.equals(other.table) && what.equals(other.what);
    }

    /** Whether it stands after {@code other} in the binlog. */
    public boolean isAfter(Position other) {
        return Position.parse(position).compareTo(other) > 0;
    }

    /** One sentence, without a full stop. */
    @Override
    public String toString() {
        return table + " has diverged: " + what + ", last at " + time + ", position " + position
                + (gtid == null ? "" : ", GTID " + gtid);
    }
}
