package floe.change;

import java.util.List;

/**
 * What capture tells on each lane of the stream from time to time, also when nothing changes. All marks of its lane with lower
 * numbers were stored before it.
 *
 * @param stream the name of the stream that it was put on
 * @param at when, in milliseconds since 1970
 * @param position the highest one of the binlog that was put on the stream before; null if there is none
 * @param tables those that had lines on the lane since its last heartbeat; null if they are too many to name
 * @param before what is stored of the run before this one; null if there was none, and on all lanes but the first
 */
public record Heartbeat(String stream, long at, Position position, List<TableId> tables, StoredMarks before) {

    public Heartbeat {
        tables = tables == null ? null : List.copyOf(tables);
    }
}
