package floe.capture;

import floe.state.CaptureState;
import floe.debezium.SourceRecords;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * How far what Kinesis has acknowledged is behind the source: the time since the commit of the last transaction that is
 * acknowledged or, where the source has no newer one, since it last said so. It grows while capture stands still, and
 * while the source is idle by no more than a heartbeat.
 *
 * <p>Safe for use by several threads.
 */
final class SourceLag {

    private final LongSupplier millis;
    private long committed;

    /** @param millis the clock, in milliseconds since 1970 */
    SourceLag(LongSupplier millis) {
        this.millis = millis;
    }

    /** Takes over what a run before this one has acknowledged, as long as nothing newer is known. */
    synchronized void resume(CaptureState saved) {
        if (committed == 0 && !saved.needsSnapshot() && saved.offset().get("ts_sec") instanceof Number second) {
            committed = second.longValue() * 1000;
        }
    }

    /** Notes that these records, and all before them, are acknowledged. */
    synchronized void acknowledged(List<SourceRecord> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            OptionalLong known = SourceRecords.committed(batch.get(i));
            if (known.isPresent()) {
                committed = Math.max(committed, known.getAsLong());
                return;
            }
        }
    }

    /** Milliseconds; nothing before anything of the binlog was acknowledged. */
    synchronized OptionalLong millis() {
        return committed == 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, millis.getAsLong() - committed));
    }
}
