package floe.debezium;

import floe.binlog.CommitTimes;
import floe.change.Position;
import floe.change.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What Debezium's records say. Names of fields and headers are those of Debezium's MySQL connector.
 *
 * @see <a href="https://debezium.io/documentation/reference/stable/connectors/mysql.html">Debezium connector for MySQL</a>
 */
public final class SourceRecords {

    /** A header of Floe's own, on the last record of a poll. */
    private static final String COMMITTED = "floe.committed";

    private SourceRecords() {}

    /** Whether the record is the change of a row or the truncation of a table. */
    public static boolean isRow(SourceRecord sourceRecord) {
        return sourceRecord.value() instanceof Struct value && value.schema().field("op") != null;
    }

    /** Whether the record tells of changed table definitions. */
    public static boolean isDefinition(SourceRecord sourceRecord) {
        return sourceRecord.value() instanceof Struct value && value.schema().field("tableChanges") != null;
    }

    /** Whether the record tells of something in the binlog, not in a snapshot, whose last row has a complete offset. */
    public static boolean isFromBinlog(SourceRecord sourceRecord) {
        return (isRow(sourceRecord) || isDefinition(sourceRecord))
                && !isSnapshot(source(sourceRecord).getString("snapshot"));
    }

    /** Debezium's block of where a row or a definition comes from. */
    public static Struct source(SourceRecord sourceRecord) {
        return ((Struct) sourceRecord.value()).getStruct("source");
    }

    /** The definitions that a record tells of; empty for statements about something else. */
    public static List<Struct> tableChanges(SourceRecord definition) {
        List<Struct> changes = ((Struct) definition.value()).getArray("tableChanges");
        return changes == null ? List.of() : changes;
    }

    /** The table of one definition; its {@code id} reads {@code "schema"."table"}. */
    public static TableId table(Struct tableChange) {
        String[] parts = tableChange.getString("id").split("\\.", 2);
        return new TableId(unquoted(parts[0]), unquoted(parts[1]));
    }

    /** Whether the definition is that of a table that is gone. */
    public static boolean isDrop(Struct tableChange) {
        return "DROP".equals(tableChange.getString("type"));
    }

    /** Whether the record deletes the old key of a row whose key changed; the write of the new one comes next. */
    public static boolean isFirstHalfOfKeyChange(SourceRecord sourceRecord) {
        return sourceRecord.headers().lastWithName("__debezium.newkey") != null;
    }

    /** Whether the record writes the new key of a row whose key changed. */
    public static boolean isSecondHalfOfKeyChange(SourceRecord sourceRecord) {
        return sourceRecord.headers().lastWithName("__debezium.oldkey") != null;
    }

    /** The offset to save when the record is acknowledged. */
    public static Map<String, Object> offset(SourceRecord sourceRecord) {
        return new HashMap<>(sourceRecord.sourceOffset());
    }

    /**
     * Where the record stands. Rows of the binlog count from 1; rows of a snapshot and whole tables have row 0, because
     * Debezium's row number on them is that of some earlier event.
     */
    public static Position position(SourceRecord sourceRecord, long epoch) {
        Struct value = (Struct) sourceRecord.value();
        Struct source = value.getStruct("source");
        long row =
                isRow(sourceRecord) && !"t".equals(value.getString("op")) && !isSnapshot(source.getString("snapshot"))
                        ? source.getInt32("row") + 1L
                        : 0;
        return new Position(epoch, fileNumber(source.getString("file")), source.getInt64("pos"), row);
    }

    /** Where the snapshot began that the record belongs to: its offset stays there until the end. */
    public static Position snapshotBegan(SourceRecord sourceRecord, long epoch) {
        Map<String, ?> offset = sourceRecord.sourceOffset();
        return new Position(
                epoch, fileNumber((String) offset.get("file")), ((Number) offset.get("pos")).longValue(), 0);
    }

    /**
     * Whether a row was read by a snapshot rather than from the binlog.
     *
     * @param snapshot what the source block says of it
     */
    public static boolean isSnapshot(String snapshot) {
        return snapshot != null && !"false".equals(snapshot);
    }

    /** Marks the record with how far the source had been read when Debezium made it. */
    static void mark(SourceRecord sourceRecord, CommitTimes times) {
        if (sourceRecord.value() instanceof Struct value
                && value.schema().field("ts_ms") != null
                && value.get("ts_ms") instanceof Long made) {
            times.at(made).ifPresent(committed -> sourceRecord.headers().addLong(COMMITTED, committed));
        }
    }

    /** All that the source committed before this time, in milliseconds since 1970, came no later than the record. */
    public static OptionalLong committed(SourceRecord sourceRecord) {
        var mark = sourceRecord.headers().lastWithName(COMMITTED);
        return mark == null ? OptionalLong.empty() : OptionalLong.of((Long) mark.value());
    }

    /** The number at the end of a binlog file's name. */
    public static long fileNumber(String binlogFile) {
        return Long.parseLong(binlogFile.substring(binlogFile.lastIndexOf('.') + 1));
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
    }
}
