package floe.snapshot;

import floe.binlog.ColumnLayout;
import floe.capture.BinlogSource;
import floe.capture.CaptureSettings;
import floe.change.TableId;
import floe.state.CaptureState;
import java.sql.Connection;
import java.util.Set;
import java.util.function.Function;

/** Reads the captured tables whole, one after another. The reading ends by itself once all were read. */
public final class SnapshotSource implements BinlogSource {

    private final CaptureSettings settings;
    private final Function<ColumnLayout, String> expressions;

    /** @param expressions for each column the SQL expression that its cells are read by */
    public SnapshotSource(CaptureSettings settings, Function<ColumnLayout, String> expressions) {
        this.settings = settings;
        this.expressions = expressions;
    }

    @Override
    public Reading from(CaptureState start, Set<TableId> tables, Connection mysql) {
        return new SnapshotReading(settings, tables, expressions);
    }
}
