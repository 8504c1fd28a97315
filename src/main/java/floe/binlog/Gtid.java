package floe.binlog;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The event that begins a transaction.
 *
 * @param text {@code uuid:number} or {@code uuid:tag:number}; null if the transaction is anonymous
 * @param committedMillis when it was committed on this server, in milliseconds since 1970 (UTC); 0 if it does not say
 */
public record Gtid(String text, long committedMillis) {

    private static final int UUID_BYTES = 16;

    /** Where the commit's time stands in an event of the older form: after flags, uuid, number and two clocks. */
    private static final int BYTES_BEFORE_TIME = 1 + UUID_BYTES + 8 + 1 + 8 + 8;

    private static final int TIME_BYTES = 7;

    /** The highest bit of the time says whether another one follows. */
    private static final long TIME_BITS = (1L << 55) - 1;

    private static final int FIELD_GTID_FLAGS = 0;
    private static final int FIELD_UUID = 1;
    private static final int FIELD_GNO = 2;
    private static final int FIELD_TAG = 3;
    private static final int FIELD_LAST_COMMITTED = 4;
    private static final int FIELD_SEQUENCE_NUMBER = 5;
    private static final int FIELD_IMMEDIATE_COMMIT_TIMESTAMP = 6;

    /** Reads an event of one of the three types. */
    public static Gtid read(RawEvent event) {
        Cells body = event.body();
        if (event.type() == EventTypes.GTID_TAGGED) {
            return tagged(body);
        }
        int start = body.at();
        body.skip(1);
        long high = body.big(8);
        long low = body.big(8);
        long number = body.s8();
        long micros = 0;
        if (event.end() - start >= BYTES_BEFORE_TIME + TIME_BYTES) {
            body.skip(start + BYTES_BEFORE_TIME - body.at());
            micros = body.little(TIME_BYTES) & TIME_BITS;
        }
        String text = event.type() == EventTypes.ANONYMOUS_GTID ? null : new UUID(high, low) + ":" + number;
        return new Gtid(text, micros / 1000);
    }

    /**
     * The form of MySQL 8.3 and newer, for tags: a sequence of numbered fields in numbers of variable length.
     *
     * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/PageLibsMysqlSerialization.html">MySQL's
     *     serialization library</a>
     */
    private static Gtid tagged(Cells body) {
        variable(body);
        variable(body);
        variable(body);
        String uuid = "";
        String tag = "";
        long number = 0;
        long micros = 0;
        while (body.left() > 0) {
            int field = (int) variable(body);
            switch (field) {
                case FIELD_GTID_FLAGS, FIELD_LAST_COMMITTED, FIELD_SEQUENCE_NUMBER -> variable(body);
                case FIELD_UUID -> uuid = uuid(body);
                case FIELD_GNO -> number = signed(variable(body));
                case FIELD_TAG -> tag = new String(body.copy((int) variable(body)), StandardCharsets.UTF_8);
                case FIELD_IMMEDIATE_COMMIT_TIMESTAMP -> {
                    micros = variable(body);
                    body.skip(body.left());
                }
                default -> body.skip(body.left());
            }
        }
        return new Gtid(uuid + (tag.isEmpty() ? "" : ":" + tag) + ":" + number, micros / 1000);
    }

    private static String uuid(Cells body) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < UUID_BYTES; i++) {
            long next = variable(body);
            high = i < 8 ? (high << 8) | next : high;
            low = i < 8 ? low : (low << 8) | next;
        }
        return new UUID(high, low).toString();
    }

    /** As many ones as the first byte ends in, so many bytes follow; the bits above them are the lowest of the number. */
    private static long variable(Cells body) {
        int first = body.u1();
        int more = Integer.numberOfTrailingZeros(~first & 0x1ff);
        if (more == 8) {
            return body.s8();
        }
        long bits = first >> (more + 1);
        return more == 0 ? bits : bits | (body.little(more) << (7 - more));
    }

    /** The lowest bit is the sign. */
    private static long signed(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
