package floe.binlog;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * A QUERY event.
 *
 * @param schema the default schema of its session; may be empty
 * @param sql null if its character set is not known
 * @param sqlMode the bits of the session's {@code sql_mode}
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Query__event.html">
 *     Query_event</a>
 */
public record Statement(String schema, String sql, long sqlMode) {

    private static final int Q_FLAGS2_CODE = 0;
    private static final int Q_SQL_MODE_CODE = 1;
    private static final int Q_AUTO_INCREMENT = 3;
    private static final int Q_CHARSET_CODE = 4;
    private static final int Q_TIME_ZONE_CODE = 5;
    private static final int Q_CATALOG_NZ_CODE = 6;
    private static final int COLLATION_UTF8MB4 = 45;

    private static final long ANSI_QUOTES = 1L << 2;
    private static final long NO_BACKSLASH_ESCAPES = 1L << 20;

    /**
     * Reads it. The statement is in the character set of the session that ran it.
     *
     * @param charsets the name of the character set of a collation's number; null if nobody knows it
     */
    public static Statement read(RawEvent event, IntFunction<String> charsets) {
        Cells body = event.body();
        body.skip(8);
        int schemaBytes = body.u1();
        body.skip(2);
        Variables variables = Variables.read(body, body.u2());
        String schema = new String(body.copy(schemaBytes), StandardCharsets.UTF_8);
        body.skip(1);
        String sql = StatementText.of(body.copy(body.left()), charsets.apply(variables.collation()));
        return new Statement(schema, sql, variables.sqlMode());
    }

    /** Whether names may stand in double quotes, in which a backslash stands for itself. */
    boolean quotesNames() {
        return (sqlMode & ANSI_QUOTES) != 0;
    }

    /** Whether a backslash in text takes away the meaning of what follows. */
    boolean hasEscapes() {
        return (sqlMode & NO_BACKSLASH_ESCAPES) == 0;
    }

    /** What the session was set to. These stand in the order of their numbers, and those that are looked for are among the first. */
    private record Variables(long sqlMode, int collation) {

        static Variables read(Cells body, int bytes) {
            int from = body.skip(bytes);
            Cells variables = new Cells(body.bytes(), from, from + bytes);
            long sqlMode = 0;
            while (variables.left() > 0) {
                switch (variables.u1()) {
                    case Q_FLAGS2_CODE, Q_AUTO_INCREMENT -> variables.skip(4);
                    case Q_SQL_MODE_CODE -> sqlMode = variables.s8();
                    case Q_TIME_ZONE_CODE, Q_CATALOG_NZ_CODE -> variables.skip(variables.u1());
                    case Q_CHARSET_CODE -> {
                        return new Variables(sqlMode, variables.u2());
                    }
                    default -> {
                        return new Variables(sqlMode, COLLATION_UTF8MB4);
                    }
                }
            }
            return new Variables(sqlMode, COLLATION_UTF8MB4);
        }
    }
}
