package floe.debezium;

import io.debezium.relational.history.AbstractSchemaHistory;
import io.debezium.relational.history.HistoryRecord;
import io.debezium.relational.history.SchemaHistoryException;
import java.util.function.Consumer;

/** A history of definitions that exists, as Debezium asks, and keeps nothing: it has no table. */
public final class NoHistory extends AbstractSchemaHistory {

    @Override
    protected void storeRecord(HistoryRecord definition) throws SchemaHistoryException {
        // There is nothing to keep.
    }

    @Override
    protected void recoverRecords(Consumer<HistoryRecord> records) {
        // Nothing was kept.
    }

    @Override
    public boolean storageExists() {
        return true;
    }

    @Override
    public boolean exists() {
        return true;
    }
}
