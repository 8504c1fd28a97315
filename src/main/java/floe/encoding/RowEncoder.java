package floe.encoding;

import floe.capture.BinlogEvent;
import floe.debezium.SourceRecords;
import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.TableId;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Writes the changes of one version of a table: made once for each schema that Debezium gives, used for every row.
 * Fields are taken by their place in the schema, as looking them up by name would cost as much as writing them.
 */
final class RowEncoder {

    private final TableId table;
    private final RowWriter rows;
    private final Field operation;
    private final Field before;
    private final Field after;
    private final Field source;
    private final Field gtid;
    private final Field millis;
    private final Field snapshot;
    /** Set by the first row: a truncation, which may come before, has no key. */
    private volatile List<String> key;

    /** @param envelope the first change with this schema */
    RowEncoder(Struct envelope) {
        Schema schema = envelope.schema();
        operation = schema.field("op");
        before = schema.field("before");
        after = schema.field("after");
        source = schema.field("source");
        gtid = source.schema().field("gtid");
        millis = source.schema().field("ts_ms");
        snapshot = source.schema().field("snapshot");
        Struct origin = envelope.getStruct("source");
        table = new TableId(origin.getString("db"), origin.getString("table"));
        rows = new RowWriter(after.schema());
    }

    /**
     * Writes the line of one change.
     *
     * @return a hash of schema, table and key: the same for the same row, in this process and in every other
     */
    int write(BinlogEvent.Row event, ChangeWriter writer) throws IOException {
        Struct envelope = (Struct) event.record().value();
        Struct origin = (Struct) envelope.get(source);
        boolean ofSnapshot = SourceRecords.isSnapshot((String) origin.get(snapshot));
        var from = new ChangeWriter.Source(
                event.server(), ofSnapshot ? null : (String) origin.get(gtid), (Long) origin.get(millis), ofSnapshot);
        ChangeType type = type((String) envelope.get(operation));
        if (type == ChangeType.TRUNCATE) {
            writer.writeTable(table, type, null, event.position(), from);
            return table.hashCode();
        }
        if (key == null) {
            key = key(event.record().keySchema());
        }
        writer.writeRow(table, type, image(envelope, before), image(envelope, after), key, event.position(), from);
        return 31 * table.hashCode() + RowWriter.keyHash((Struct) event.record().key());
    }

    private List<String> key(Schema keySchema) {
        if (keySchema == null) {
            throw new IllegalStateException(
                    "The table " + table + " has no primary key, by which its rows could be told"
                            + " apart; give it one, or remove it from capture.tables");
        }
        return keySchema.fields().stream().map(Field::name).toList();
    }

    private ChangeWriter.Part image(Struct envelope, Field which) {
        Struct row = (Struct) envelope.get(which);
        return row == null ? null : rows.columns(row);
    }

    /** The operations of Debezium's envelope: create, read (by a snapshot), update, delete, truncate. */
    private static ChangeType type(String operation) {
        return switch (operation) {
            case "c", "r" -> ChangeType.WRITE;
            case "u" -> ChangeType.UPDATE;
            case "d" -> ChangeType.DELETE;
            case "t" -> ChangeType.TRUNCATE;
            default -> throw new IllegalArgumentException("Debezium gave the unknown operation '" + operation + "'");
        };
    }
}
