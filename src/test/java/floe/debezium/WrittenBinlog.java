package floe.debezium;

import com.github.luben.zstd.Zstd;
import floe.binlog.BinlogBytes;
import floe.binlog.EventHeader;
import floe.binlog.EventTypes;
import floe.binlog.RawEvent;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Events of a binlog file, one behind the other, as MySQL would write them. Tables in it have the columns {@code id INT}, the
 * key, and {@code n INT}.
 */
final class WrittenBinlog {

    static final UUID SERVER = UUID.fromString("0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f");
    static final long MILLIS = 1_795_367_406_000L;

    private static final int LONG = 3;
    private static final int COLUMN_NAMES = 4;
    private static final int SIGNEDNESS = 1;
    private static final int PRIMARY_KEY = 8;
    private static final int COMPRESSION = 2;
    private static final int ZSTD = 0;
    private static final int NONE = 255;
    private static final long FOUR_GB = 1L << 32;

    private long at;

    /** Its first event begins here; beyond 4 GB what events say of their places begins from 0 again. */
    WrittenBinlog(long at) {
        this.at = at;
    }

    /** Where the next event begins. */
    long at() {
        return at;
    }

    RawEvent event(int type, BinlogBytes body) {
        return event(type, body, 0);
    }

    RawEvent event(int type, BinlogBytes body, int flags) {
        byte[] bytes = body.all();
        long start = at;
        at += EventHeader.BYTES + bytes.length;
        return new RawEvent(type, MILLIS, start % FOUR_GB, at % FOUR_GB, flags, bytes, 0, bytes.length, bytes.length);
    }

    /** What the server sends first: where it begins. It is in no file. */
    static RawEvent rotation(String file, long at) {
        byte[] bytes = new BinlogBytes().little(at, 8).text(file).all();
        return new RawEvent(EventTypes.ROTATE, 0, 0, 0, 0x20, bytes, 0, bytes.length, bytes.length);
    }

    static RawEvent heartbeat() {
        byte[] bytes = new BinlogBytes().text("binlog.000003").all();
        return new RawEvent(EventTypes.HEARTBEAT, 0, 0, 0, 0, bytes, 0, bytes.length, bytes.length);
    }

    RawEvent gtid(long number) {
        return event(
                EventTypes.GTID,
                new BinlogBytes()
                        .raw(0)
                        .raw(big(SERVER.getMostSignificantBits()))
                        .raw(big(SERVER.getLeastSignificantBits()))
                        .little(number, 8));
    }

    RawEvent query(String schema, String sql) {
        return query(schema, sql.getBytes(StandardCharsets.UTF_8), 45);
    }

    /** A statement in the character set of a collation. */
    RawEvent query(String schema, byte[] sql, int collation) {
        return event(
                EventTypes.QUERY,
                new BinlogBytes()
                        .little(7, 4)
                        .little(0, 4)
                        .raw(schema.length())
                        .little(0, 2)
                        .little(7, 2)
                        .raw(4)
                        .little(collation, 2)
                        .little(collation, 2)
                        .little(collation, 2)
                        .text(schema)
                        .raw(0)
                        .raw(sql));
    }

    RawEvent tableMap(long number, String schema, String table) {
        return event(EventTypes.TABLE_MAP, mapBody(number, schema, table, true));
    }

    /** As with {@code binlog_row_metadata=MINIMAL}. */
    RawEvent minimalTableMap(long number, String schema, String table) {
        return event(EventTypes.TABLE_MAP, mapBody(number, schema, table, false));
    }

    static BinlogBytes mapBody(long number, String schema, String table, boolean full) {
        BinlogBytes body = new BinlogBytes()
                .little(number, 6)
                .little(1, 2)
                .lengthAndText(schema)
                .raw(0)
                .lengthAndText(table)
                .raw(0)
                .packed(2)
                .raw(LONG, LONG)
                .packed(0)
                .raw(0b10)
                .raw(SIGNEDNESS, 1, 0);
        return full
                ? body.raw(COLUMN_NAMES, 5)
                        .lengthAndText("id")
                        .lengthAndText("n")
                        .raw(PRIMARY_KEY, 1, 0)
                : body;
    }

    RawEvent rows(int type, long number, int... cells) {
        return event(type, rowsBody(type, number, cells));
    }

    /** Each two cells are an image. */
    static BinlogBytes rowsBody(int type, long number, int... cells) {
        BinlogBytes body = new BinlogBytes()
                .little(number, 6)
                .little(0, 2)
                .little(2, 2)
                .packed(2)
                .raw(0b11);
        if (type == EventTypes.UPDATE_ROWS) {
            body.raw(0b11);
        }
        for (int i = 0; i < cells.length; i += 2) {
            body.raw(0).little(cells[i], 4).little(cells[i + 1], 4);
        }
        return body;
    }

    RawEvent xid() {
        return event(EventTypes.XID, new BinlogBytes().little(17, 8));
    }

    RawEvent xaPrepare(boolean onePhase) {
        return event(
                EventTypes.XA_PREPARE, new BinlogBytes().raw(onePhase ? 1 : 0).little(1, 4));
    }

    /** A transaction in one event. */
    RawEvent payload(boolean compressed, byte[]... events) {
        BinlogBytes inner = new BinlogBytes();
        for (byte[] event : events) {
            inner.raw(event);
        }
        byte[] stored = compressed ? Zstd.compress(inner.all()) : inner.all();
        byte[] method = new BinlogBytes().packed(compressed ? ZSTD : NONE).all();
        return event(
                EventTypes.TRANSACTION_PAYLOAD,
                new BinlogBytes()
                        .packed(COMPRESSION)
                        .packed(method.length)
                        .raw(method)
                        .packed(0)
                        .raw(stored));
    }

    /** An event of a payload: it does not say where it ends, and has no checksum. */
    static byte[] inPayload(int type, BinlogBytes body) {
        byte[] bytes = body.all();
        return new BinlogBytes()
                .little(MILLIS / 1000, 4)
                .raw(type)
                .little(1, 4)
                .little(EventHeader.BYTES + bytes.length, 4)
                .little(0, 4)
                .little(0, 2)
                .raw(bytes)
                .all();
    }

    private static byte[] big(long value) {
        BinlogBytes bytes = new BinlogBytes();
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes.raw((int) (value >> shift) & 0xff);
        }
        return bytes.all();
    }
}
