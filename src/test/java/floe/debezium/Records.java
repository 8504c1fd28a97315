package floe.debezium;

import floe.binlog.Sighting;
import floe.capture.SourceEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** What comes of records as Debezium's MySQL connector makes them, cut down to what capture looks at. */
public final class Records {

    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("db", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("file", Schema.STRING_SCHEMA)
            .field("pos", Schema.INT64_SCHEMA)
            .field("row", Schema.INT32_SCHEMA)
            .field("snapshot", Schema.STRING_SCHEMA)
            .build();
    private static final Schema IMAGE =
            SchemaBuilder.struct().optional().field("id", Schema.INT32_SCHEMA).build();
    private static final Schema ROW = SchemaBuilder.struct()
            .field("before", IMAGE)
            .field("after", IMAGE)
            .field("op", Schema.STRING_SCHEMA)
            .field("source", SOURCE)
            .build();
    private static final Schema COLUMN = SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("typeName", Schema.STRING_SCHEMA)
            .field("length", Schema.OPTIONAL_INT32_SCHEMA)
            .field("scale", Schema.OPTIONAL_INT32_SCHEMA)
            .field("charsetName", Schema.OPTIONAL_STRING_SCHEMA)
            .field("optional", Schema.OPTIONAL_BOOLEAN_SCHEMA)
            .field("defaultValueExpression", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "enumValues",
                    SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .build();
    private static final Schema TABLE = SchemaBuilder.struct()
            .optional()
            .field(
                    "primaryKeyColumnNames",
                    SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .field("columns", SchemaBuilder.array(COLUMN).build())
            .build();
    private static final Schema TABLE_CHANGE = SchemaBuilder.struct()
            .field("type", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("table", TABLE)
            .build();
    private static final Schema DEFINITION = SchemaBuilder.struct()
            .field("ddl", Schema.STRING_SCHEMA)
            .field("source", SOURCE)
            .field("tableChanges", SchemaBuilder.array(TABLE_CHANGE).build())
            .build();
    private static final Schema HEARTBEAT =
            SchemaBuilder.struct().field("ts_ms", Schema.INT64_SCHEMA).build();

    private static final String FIRST_FILE = "binlog.000003";

    private Records() {}

    /** A row of the binlog; {@code row} counts from 0, as Debezium counts. */
    public static SourceEvent row(String op, long pos, int row) {
        return row(op, FIRST_FILE, pos, row);
    }

    public static SourceEvent row(String op, String file, long pos, int row) {
        return event(rowRecord(op, file, pos, row));
    }

    public static SourceEvent firstHalf(long pos) {
        SourceRecord half = rowRecord("d", FIRST_FILE, pos, 0);
        half.headers().addString("__debezium.newkey", "new");
        return event(half);
    }

    public static SourceEvent secondHalf(long pos) {
        SourceRecord half = rowRecord("c", FIRST_FILE, pos, 0);
        half.headers().addString("__debezium.oldkey", "old");
        return event(half);
    }

    /** A statement about tables; Debezium's row number on it means nothing. */
    public static SourceEvent definition(long pos, String type, String... tables) {
        return event(record(definitionValue(pos, type, "false", tables), offset(FIRST_FILE, pos)));
    }

    public static SourceEvent snapshotDefinition(long pos, String type, String... tables) {
        return event(record(definitionValue(pos, type, "true", tables), snapshotOffset(pos, false)));
    }

    public static SourceEvent snapshotRow(long pos) {
        return event(record(rowValue("r", FIRST_FILE, pos, 0, "true"), snapshotOffset(pos, false)));
    }

    public static SourceEvent lastSnapshotRow(long pos) {
        return event(record(rowValue("r", FIRST_FILE, pos, 0, "last"), snapshotOffset(pos, true)));
    }

    public static SourceEvent heartbeat(long pos) {
        return event(record(new Struct(HEARTBEAT).put("ts_ms", 1L), offset(FIRST_FILE, pos)));
    }

    public static SourceEvent sighting(Sighting sighting) {
        return event(new SourceRecord(Map.of(), Map.of(), "sightings", null, sighting));
    }

    private static SourceEvent event(SourceRecord sourceRecord) {
        return new SourceRecords().event(sourceRecord);
    }

    private static SourceRecord rowRecord(String op, String file, long pos, int row) {
        return record(rowValue(op, file, pos, row, "false"), offset(file, pos));
    }

    private static SourceRecord record(Struct value, Map<String, ?> offset) {
        return new SourceRecord(Map.of("server", "floe"), offset, "topic", null, null, value.schema(), value);
    }

    private static Struct rowValue(String op, String file, long pos, int row, String snapshot) {
        return new Struct(ROW).put("op", op).put("source", source(file, pos, row, snapshot));
    }

    private static Struct definitionValue(long pos, String type, String snapshot, String... tables) {
        List<Struct> changes = List.of(tables).stream()
                .map(table -> new Struct(TABLE_CHANGE)
                        .put("type", type)
                        .put("id", table)
                        .put("table", type.equals("DROP") ? null : table()))
                .toList();
        return new Struct(DEFINITION)
                .put("ddl", "a statement")
                .put("source", source(FIRST_FILE, pos, 4_711, snapshot))
                .put("tableChanges", changes);
    }

    private static Struct table() {
        return new Struct(TABLE)
                .put("primaryKeyColumnNames", List.of("id"))
                .put("columns", List.of(new Struct(COLUMN).put("name", "id").put("typeName", "INT")));
    }

    private static Struct source(String file, long pos, int row, String snapshot) {
        return new Struct(SOURCE)
                .put("db", "shop")
                .put("table", "Persons")
                .put("ts_ms", 1L)
                .put("file", file)
                .put("pos", pos)
                .put("row", row)
                .put("snapshot", snapshot);
    }

    private static Map<String, Object> offset(String file, long pos) {
        return Map.of("file", file, "pos", pos);
    }

    private static Map<String, Object> snapshotOffset(long pos, boolean completed) {
        Map<String, Object> offset = new HashMap<>(offset(FIRST_FILE, pos));
        offset.put("snapshot", "INITIAL");
        offset.put("snapshot_completed", completed);
        return offset;
    }
}
