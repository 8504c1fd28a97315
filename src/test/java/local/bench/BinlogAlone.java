package local.bench;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import java.io.IOException;

/** The connector library that Debezium reads the binlog with, whose rows are counted and thrown away. */
public final class BinlogAlone {

    private static final int SERVER_ID = 184_055;

    private final BinaryLogClient client;
    private final long expected;
    private long rows;
    private long firstNanos;
    private double seconds;

    private BinlogAlone(BinaryLogClient client, long expected) {
        this.client = client;
        this.expected = expected;
    }

    /**
     * Reads until so many changes of rows have come, and prints the seconds from the first to the last.
     *
     * @param arguments port, user, binlog file, offset in it, number of changes; the password is in CAPTURE_PASSWORD
     */
    public static void main(String... arguments) throws IOException {
        local.ConsoleLog.start();
        BinaryLogClient client = new BinaryLogClient(
                "127.0.0.1", Integer.parseInt(arguments[0]), arguments[1], System.getenv("CAPTURE_PASSWORD"));
        client.setServerId(SERVER_ID);
        client.setBinlogFilename(arguments[2]);
        client.setBinlogPosition(Long.parseLong(arguments[3]));
        client.setKeepAlive(false);
        BinlogAlone reader = new BinlogAlone(client, Long.parseLong(arguments[4]));
        client.registerEventListener(reader::count);
        client.connect();
        Limit.tell(reader.seconds);
    }

    private void count(Event event) {
        int changes = changes(event.getData());
        if (changes > 0 && rows == 0) {
            firstNanos = System.nanoTime();
        }
        rows += changes;
        if (rows >= expected && seconds == 0) {
            seconds = (System.nanoTime() - firstNanos) / 1e9;
            try {
                client.disconnect();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int changes(EventData data) {
        if (data instanceof WriteRowsEventData write) {
            return write.getRows().size();
        }
        if (data instanceof UpdateRowsEventData update) {
            return update.getRows().size();
        }
        return data instanceof DeleteRowsEventData delete ? delete.getRows().size() : 0;
    }
}
