package floe.binlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * A QUERY event.
 *
 * @param schema the default schema of its session; may be empty
 * @param sql null if it cannot be decoded
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Query__event.html">
 *     Query_event</a>
 */
public record Statement(String schema, String sql) {

    private static final int Q_FLAGS2_CODE = 0;
    private static final int Q_SQL_MODE_CODE = 1;
    private static final int Q_AUTO_INCREMENT = 3;
    private static final int Q_CHARSET_CODE = 4;
    private static final int Q_TIME_ZONE_CODE = 5;
    private static final int Q_CATALOG_NZ_CODE = 6;
    private static final int COLLATION_UTF8MB4 = 45;

    /**
     * Reads it. The statement is in the character set of the session that ran it.
     *
     * @param charsets the character set of a collation's number; null if nobody knows it
     */
    public static Statement read(RawEvent event, IntFunction<Charset> charsets) {
        Cells body = event.body();
        body.skip(8);
        int schemaBytes = body.u1();
        body.skip(2);
        int variables = body.u2();
        int from = body.skip(variables);
        String schema = new String(body.copy(schemaBytes), StandardCharsets.UTF_8);
        body.skip(1);
        Charset charset = charsets.apply(clientCollation(new Cells(body.bytes(), from, from + variables)));
        return new Statement(schema, charset == null ? null : decode(body, charset));
    }

    private static String decode(Cells body, Charset charset) {
        int bytes = body.left();
        int from = body.skip(bytes);
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body.bytes(), from, bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** These variables stand in the order of their numbers, and the one that is looked for is among the first. */
    private static int clientCollation(Cells variables) {
        while (variables.left() > 0) {
            switch (variables.u1()) {
                case Q_FLAGS2_CODE, Q_AUTO_INCREMENT -> variables.skip(4);
                case Q_SQL_MODE_CODE -> variables.skip(8);
                case Q_TIME_ZONE_CODE, Q_CATALOG_NZ_CODE -> variables.skip(variables.u1());
                case Q_CHARSET_CODE -> {
                    return variables.u2();
                }
                default -> {
                    return COLLATION_UTF8MB4;
                }
            }
        }
        return COLLATION_UTF8MB4;
    }
}
