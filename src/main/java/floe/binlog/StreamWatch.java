package floe.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.XAPrepareEventData;
import floe.change.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Sees every event of the binlog, before Debezium does, and notes those that change captured tables without a row that
 * Debezium would pass on.
 *
 * <p>Events come on the thread of the binlog client; what was seen may be taken on another.
 */
public final class StreamWatch implements BinaryLogClient.EventListener {

    /** LOG_EVENT_IGNORABLE_F: an event that readers may ignore. */
    private static final int IGNORABLE = 0x80;

    /** So many wait at most; then the client does, as it does for Debezium's own queue. */
    static final int MOST_WAITING = 8_192;

    private static final long LOOK_MILLIS = 100;

    private final Set<TableId> captured;
    private final Predicate<EventData> isUnreadable;
    private final CommitTimes commitTimes = new CommitTimes();
    private final BlockingQueue<Sighting> sightings = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile RuntimeException failure;
    private volatile boolean reading;
    private volatile BooleanSupplier connected = () -> true;

    private String file;
    private String gtid;
    private String xid;
    /** The captured tables with rows in the current transaction. */
    private final Set<TableId> inTransaction = new HashSet<>();

    /**
     * Looks for what changes these tables.
     *
     * @param isUnreadable whether this stands for an event that the client could not read: who reads on stops at it
     */
    public StreamWatch(Set<TableId> captured, Predicate<EventData> isUnreadable) {
        this.captured = Set.copyOf(captured);
        this.isUnreadable = isUnreadable;
    }

    /** How far the binlog had been read when. */
    public CommitTimes commitTimes() {
        return commitTimes;
    }

    /** Whether an event has come yet. */
    public boolean isReading() {
        return reading;
    }

    /**
     * What was seen since the last call, in order.
     *
     * @throws IllegalStateException if an event could not be looked at
     */
    public List<Sighting> take() {
        if (failure != null) {
            throw new IllegalStateException("An event of the binlog could not be looked at: " + failure, failure);
        }
        if (sightings.isEmpty()) {
            return List.of();
        }
        List<Sighting> taken = new ArrayList<>();
        sightings.drainTo(taken);
        return taken;
    }

    /**
     * Has the client wait for a full queue only while it is connected: not any more once the engine ends.
     *
     * @param isConnected whether the client is
     */
    public void waitWhile(BooleanSupplier isConnected) {
        connected = isConnected;
    }

    @Override
    public void onEvent(Event event) {
        reading = true;
        try {
            see(event, event.<EventHeaderV4>getHeader());
        } catch (RuntimeException e) {
            // The client would only log it.
            failure = e;
        }
    }

    /** @param header of the event itself, or of the compressed transaction that it is in */
    private void see(Event event, EventHeaderV4 header) {
        EventType type = event.getHeader().getEventType();
        EventData data = event.getData();
        switch (type) {
            case ROTATE -> file = ((RotateEventData) data).getBinlogFilename();
            case GTID -> {
                begin(String.valueOf(((GtidEventData) data).getMySqlGtid()));
                commitTimes.reading(committed((GtidEventData) data, header), System.currentTimeMillis());
            }
            // MySQL sends it when it has nothing else to send.
            case HEARTBEAT -> commitTimes.readAll(System.currentTimeMillis());
            case ANONYMOUS_GTID -> begin(null);
            case TABLE_MAP -> seeTable((TableMapEventData) data);
            case QUERY -> seeStatement((QueryEventData) data, header);
            case XA_PREPARE -> seePrepare((XAPrepareEventData) data, header);
            case TRANSACTION_PAYLOAD ->
                ((TransactionPayloadEventData) data).getUncompressedEvents().forEach(inner -> see(inner, header));
            case PARTIAL_UPDATE_ROWS_EVENT ->
                unseen(
                        inTransaction,
                        "UPDATE of parts of JSON documents (binlog_row_value_options=PARTIAL_JSON)",
                        header);
            case EXECUTE_LOAD_QUERY, LOAD, NEW_LOAD, EXEC_LOAD ->
                // The client does not read these, so nobody can tell which table it was.
                unseen(captured, "LOAD DATA as a statement instead of rows (binlog_format)", header);
            case INCIDENT -> {
                if (!isUnreadable.test(data)) {
                    unseen(captured, "INCIDENT: the binlog itself says that it may lack changes", header);
                }
            }
            case UNKNOWN, PRE_GA_WRITE_ROWS, PRE_GA_UPDATE_ROWS, PRE_GA_DELETE_ROWS -> {
                if ((event.<EventHeaderV4>getHeader().getFlags() & IGNORABLE) == 0) {
                    unseen(captured, "an event of the binlog that nobody reads (" + type + ")", header);
                }
            }
            default -> {
                // Rows, which Debezium passes on, and events that change nothing.
            }
        }
    }

    private void begin(String newGtid) {
        gtid = newGtid;
        xid = null;
        inTransaction.clear();
    }

    /** MySQL 8 tells microseconds; before, there is only the second at which the transaction began. */
    private static long committed(GtidEventData gtid, EventHeaderV4 header) {
        return gtid.getImmediateCommitTimestamp() > 0
                ? gtid.getImmediateCommitTimestamp() / 1000
                : header.getTimestamp();
    }

    private void seeTable(TableMapEventData map) {
        TableId table = new TableId(map.getDatabase(), map.getTable());
        if (captured.contains(table)) {
            inTransaction.add(table);
        }
    }

    private void seeStatement(QueryEventData query, EventHeaderV4 header) {
        String sql = query.getSql().trim();
        if (sql.equals("BEGIN")) {
            return;
        }
        // MySQL writes these itself, and an XID always in the same form.
        if (sql.startsWith("XA START ")) {
            xid = sql.substring("XA START ".length());
        } else if (sql.startsWith("XA COMMIT ")) {
            add(new Sighting.Ended(sql.substring("XA COMMIT ".length()), true, place(header)));
        } else if (sql.startsWith("XA ROLLBACK ")) {
            add(new Sighting.Ended(sql.substring("XA ROLLBACK ".length()), false, place(header)));
        } else if (!sql.startsWith("XA END ")) {
            BinlogStatement statement = BinlogStatement.parse(sql, query.getDatabase());
            unseen(statement.tables(captured, inTransaction), statement.what(), header);
        }
    }

    private void seePrepare(XAPrepareEventData prepare, EventHeaderV4 header) {
        if (xid != null && !prepare.isOnePhase()) {
            add(new Sighting.Prepared(xid, inTransaction, place(header)));
        }
    }

    private void unseen(Set<TableId> tables, String what, EventHeaderV4 header) {
        if (!tables.isEmpty()) {
            add(new Sighting.Unseen(tables, what, place(header)));
        }
    }

    private void add(Sighting sighting) {
        try {
            boolean added;
            do {
                added = sightings.offer(sighting, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } while (!added && connected.getAsBoolean());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private BinlogPlace place(EventHeaderV4 header) {
        return new BinlogPlace(file, header.getPosition(), gtid, header.getTimestamp());
    }
}
