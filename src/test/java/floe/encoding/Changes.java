package floe.encoding;

import floe.binlog.RowImages;
import floe.binlog.TableLayout;
import floe.capture.BinlogEvent;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.change.ChangeType;
import floe.change.Position;

/** Changes of rows, as the encoder is given them. */
final class Changes {

    static final String SERVER = "0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";

    private Changes() {}

    /** Those of one event of the binlog. */
    static BinlogEvent of(TableLayout table, ChangeType type, RowImages images, Position first) {
        return new BinlogEvent(new SourceEvent.Rows(table, type, images, origin(first, SERVER + ":17")), SERVER, first);
    }

    static Origin origin(Position position, String gtid) {
        return new Origin("binlog.000003", position.offset(), position.row(), gtid, 1_795_367_406_199L, gtid == null);
    }
}
