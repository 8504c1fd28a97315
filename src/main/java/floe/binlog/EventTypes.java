package floe.binlog;

/**
 * The numbers of the binlog's event types, as far as Floe reads them.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/namespacemysql_1_1binlog_1_1event.html">MySQL's
 *     Log_event_type</a>
 */
public final class EventTypes {

    public static final int QUERY = 2;
    public static final int STOP = 3;
    public static final int ROTATE = 4;
    public static final int INTVAR = 5;
    public static final int APPEND_BLOCK = 9;
    public static final int DELETE_FILE = 11;
    public static final int RAND = 13;
    public static final int USER_VAR = 14;
    public static final int FORMAT_DESCRIPTION = 15;
    public static final int XID = 16;
    public static final int BEGIN_LOAD_QUERY = 17;
    public static final int EXECUTE_LOAD_QUERY = 18;
    public static final int TABLE_MAP = 19;
    public static final int WRITE_ROWS_V1 = 23;
    public static final int UPDATE_ROWS_V1 = 24;
    public static final int DELETE_ROWS_V1 = 25;
    public static final int INCIDENT = 26;
    public static final int HEARTBEAT = 27;
    public static final int ROWS_QUERY = 29;
    public static final int WRITE_ROWS = 30;
    public static final int UPDATE_ROWS = 31;
    public static final int DELETE_ROWS = 32;
    public static final int GTID = 33;
    public static final int ANONYMOUS_GTID = 34;
    public static final int PREVIOUS_GTIDS = 35;
    public static final int TRANSACTION_CONTEXT = 36;
    public static final int VIEW_CHANGE = 37;
    public static final int XA_PREPARE = 38;
    public static final int PARTIAL_UPDATE_ROWS = 39;
    public static final int TRANSACTION_PAYLOAD = 40;
    public static final int HEARTBEAT_V2 = 41;
    public static final int GTID_TAGGED = 42;

    private EventTypes() {}

    /** Whether events of this type hold rows, whole ones. */
    public static boolean isRows(int type) {
        return (type >= WRITE_ROWS && type <= DELETE_ROWS) || (type >= WRITE_ROWS_V1 && type <= DELETE_ROWS_V1);
    }

    /** Whether events of this type are made for the connection, and are in no file, or say nothing of where they are in it. */
    public static boolean isSentOnly(int type) {
        return type == HEARTBEAT || type == HEARTBEAT_V2 || type == ROTATE || type == FORMAT_DESCRIPTION;
    }
}
