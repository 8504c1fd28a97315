package floe.capture;

import floe.change.TableId;
import floe.change.TableShape;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** What reads tables, beside whatever reads the binlog. */
public interface SnapshotSource {

    /**
     * Makes ready to read tables, as long as one reading of the binlog lasts.
     *
     * @param server the {@code server_uuid} of the server that the binlog is read from
     * @param lagMillis how far the stream is behind; empty if nobody knows
     * @param shapes the shape of a table that was sent last; null if there is none
     * @param store takes what is read
     */
    Snapshots beside(
            String server,
            Supplier<OptionalLong> lagMillis,
            Function<TableId, TableShape> shapes,
            Snapshots.Store store);
}
