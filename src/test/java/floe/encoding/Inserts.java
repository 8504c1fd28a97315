package floe.encoding;

import floe.capture.BinlogEvent;
import floe.capture.Mark;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.capture.TableVersion;
import floe.change.ChangeType;
import floe.change.Position;
import java.util.Map;
import java.util.OptionalLong;

/** Inserts, as the encoder is given them. */
final class Inserts {

    private static final String SERVER = "0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";
    private static final Mark MARK = new Mark(Map.of("file", "binlog.000003", "pos", 4_711L), OptionalLong.empty());

    private Inserts() {}

    static BinlogEvent.Row of(TableVersion table, Position position, Object... cells) {
        Origin origin = new Origin(
                "binlog.000003", position.offset(), position.row(), SERVER + ":17", 1_795_367_406_199L, false);
        return new BinlogEvent.Row(
                new SourceEvent.Row(table, ChangeType.WRITE, null, cells, SourceEvent.KeyChange.NONE, origin, MARK),
                SERVER,
                position);
    }
}
