package floe.debezium;

import floe.capture.Geometry;
import floe.capture.TableVersion;
import floe.change.TableId;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Takes the cells out of Debezium's rows of one schema. Fields are taken by their place, as looking them up by name would
 * cost as much as writing them.
 */
final class RowReader {

    private final Schema envelope;
    private final Field before;
    private final Field after;
    private final Field[] fields;
    private final boolean[] withDefault;
    private final TableVersion version;

    /**
     * @param key the schema of the rows' key; null if the table has none
     * @param envelope the schema of their changes
     */
    RowReader(TableId table, Schema key, Schema envelope) {
        this.envelope = envelope;
        before = envelope.field("before");
        after = envelope.field("after");
        List<Field> columns = after.schema().fields();
        fields = columns.toArray(Field[]::new);
        withDefault = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            withDefault[i] = fields[i].schema().defaultValue() != null;
        }
        version = new TableVersion(table, columns.stream().map(Columns::of).toList(), places(key, after.schema()));
    }

    /** Schemas are told apart by identity: Debezium keeps one until its table changes, and comparing them is costly. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Schema other) {
        return envelope == other;
    }

    /** The table as these rows are of it. */
    TableVersion version() {
        return version;
    }

    /** The cells of the row before the change; null if there was none. */
    Object[] before(Struct change) {
        return cells((Struct) change.get(before));
    }

    /** The cells of the row after the change; null if there is none. */
    Object[] after(Struct change) {
        return cells((Struct) change.get(after));
    }

    private Object[] cells(Struct row) {
        if (row == null) {
            return null;
        }
        Object[] cells = new Object[fields.length];
        for (int i = 0; i < cells.length; i++) {
            // Kafka would put a column's default in place of its NULL, unless asked by name.
            Object value = withDefault[i] ? row.getWithoutDefault(fields[i].name()) : row.get(fields[i]);
            cells[i] = value instanceof Struct struct ? geometry(struct) : value;
        }
        return cells;
    }

    private static Geometry geometry(Struct geometry) {
        Integer srid = geometry.getInt32(io.debezium.data.geometry.Geometry.SRID_FIELD);
        return new Geometry(srid == null ? 0 : srid, geometry.getBytes(io.debezium.data.geometry.Geometry.WKB_FIELD));
    }

    private static int[] places(Schema key, Schema row) {
        return key == null
                ? new int[0]
                : key.fields().stream()
                        .mapToInt(field -> row.field(field.name()).index())
                        .toArray();
    }
}
