package floe.snapshot;

import floe.binlog.ColumnLayout;
import floe.capture.BinlogSource;
import floe.capture.CaptureSettings;
import floe.encoding.Selects;
import java.sql.Connection;
import java.util.function.Function;

/** Reads the captured tables whole, one after another. The reading ends by itself once all were read. */
public final class SnapshotSource implements BinlogSource {

    private final CaptureSettings settings;
    private final Function<ColumnLayout, String> expressions;

    /** Reads with the expressions of {@link Selects}. */
    public SnapshotSource(CaptureSettings settings) {
        this.settings = settings;
        this.expressions = Selects::expression;
    }

    @Override
    public Reading from(Start start, Connection mysql) {
        return new SnapshotReading(settings, start.tables(), expressions);
    }
}
