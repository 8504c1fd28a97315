package floe.snapshot;

import floe.capture.BinlogEvent;
import floe.capture.Origin;
import floe.capture.Snapshots;
import floe.capture.SourceEvent;
import floe.change.TableId;
import floe.change.TableShape;
import floe.state.TableSnapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Reads the tables whose snapshots are under way, each by chunks and by parts, and has their rows stored. */
final class SnapshotRuns implements Snapshots {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRuns.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 10;

    /** A table that takes longer is told of for itself; of the others it is told when all are read. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TableSource source;
    private final String server;
    private final SnapshotPace pace;
    private final int readers;
    private final ExecutorService executor;
    private final Function<TableId, TableShape> shapes;
    private final Store store;
    private final Map<TableId, Run> runs = new ConcurrentHashMap<>();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private boolean goesOn = true;
    private int tablesRead;
    private long rowsRead;

    /**
     * @param server the {@code server_uuid} of the server that the binlog is read from
     * @param readers how many tables, or parts of tables, are read at the same time; as many threads as the executor has
     * @param shapes the shape of a table that was sent last; null if there is none
     */
    SnapshotRuns(
            TableSource source,
            String server,
            SnapshotPace pace,
            int readers,
            ExecutorService executor,
            Function<TableId, TableShape> shapes,
            Store store) {
        this.source = source;
        this.server = server;
        this.pace = pace;
        this.readers = readers;
        this.executor = executor;
        this.shapes = shapes;
        this.store = store;
    }

    @Override
    public void run(List<TableSnapshot> saved) {
        Map<TableId, TableSnapshot> wanted = new HashMap<>();
        saved.forEach(snapshot -> wanted.put(snapshot.table(), snapshot));
        runs.values().removeIf(run -> {
            TableSnapshot same = wanted.get(run.table);
            boolean gone = same == null || !run.isOf(same);
            if (gone) {
                run.ended = true;
                count(run.stored());
            }
            return gone;
        });
        if (saved.isEmpty() && tablesRead > 0) {
            LOG.info("The snapshots that were under way are read: {} tables, {} rows", tablesRead, rowsRead);
            tablesRead = 0;
            rowsRead = 0;
        }
        for (TableSnapshot snapshot : saved) {
            if (!runs.containsKey(snapshot.table())) {
                // Of one that goes on nobody knows which shape was sent before it began, and which one since.
                Run run = new Run(snapshot, goesOn ? null : shapes.apply(snapshot.table()));
                runs.put(snapshot.table(), run);
                execute(run::begin);
            }
        }
        goesOn = false;
    }

    private void count(TableSnapshot ended) {
        if (ended.isRead()) {
            tablesRead++;
            rowsRead += ended.rows();
        }
    }

    @Override
    public List<TableSnapshot> now(Collection<TableSnapshot> saved) {
        return saved.stream()
                .map(snapshot -> {
                    Run run = runs.get(snapshot.table());
                    return run != null && run.isOf(snapshot) ? run.stored() : snapshot;
                })
                .toList();
    }

    @Override
    public Map<TableId, String> doing() {
        Map<TableId, String> doing = new HashMap<>();
        runs.forEach((table, run) -> doing.put(table, run.doing()));
        return doing;
    }

    @Override
    public List<Outcome> outcomes() {
        List<Outcome> all = new ArrayList<>();
        for (Outcome next = outcomes.poll(); next != null; next = outcomes.poll()) {
            all.add(next);
        }
        return all;
    }

    @Override
    public void close() {
        closed = true;
        executor.shutdownNow();
        runs.values().forEach(Run::abort);
        try {
            while (!executor.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                runs.values().forEach(Run::abort);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing more is read", e);
        }
    }

    /** The reading of one table. */
    private final class Run {

        private final TableId table;
        private final Map<Integer, TableSource.Reading> open = new ConcurrentHashMap<>();
        /** The shape that was sent last before the snapshot began; null if that is not known. */
        private final TableShape shapeBefore;

        private TableSnapshot stored;
        private volatile String[] parts;
        private volatile String definition;
        private final AtomicInteger left = new AtomicInteger();
        private volatile String doing = "waits for its turn";
        /** What the last statement failed of, until one succeeds. */
        private volatile String obstacle;

        private volatile boolean ended;

        private final long known = System.nanoTime();
        private volatile long waitedForTurn;
        /** The longest time that one of its parts had to wait besides. */
        private final LongAccumulator waitedBetween = new LongAccumulator(Math::max, 0);

        Run(TableSnapshot saved, TableShape shapeBefore) {
            this.table = saved.table();
            this.stored = saved;
            this.shapeBefore = shapeBefore;
        }

        String doing() {
            String why = obstacle;
            return why == null ? doing : why;
        }

        private Duration waited() {
            return Duration.ofNanos(waitedForTurn + waitedBetween.get());
        }

        synchronized TableSnapshot stored() {
            return stored;
        }

        synchronized boolean isOf(TableSnapshot other) {
            return stored.isLike(other);
        }

        /** Finds out how the table is read, and reads the first of its parts; the others are read by whoever is free. */
        void begin() {
            waitedForTurn = System.nanoTime() - known;
            if (stored().isRead()) {
                outcomes.add(new Read(stored(), waited()));
                store.came();
                return;
            }
            whileConnected(0, reading -> {
                if (parts == null) {
                    cut(reading);
                    left.set(parts.length);
                    for (int part = 1; part < parts.length; part++) {
                        int number = part;
                        execute(() -> whileConnected(number, other -> read(number, other)));
                    }
                }
                read(0, reading);
            });
        }

        private void cut(TableSource.Reading reading) throws SQLException, TableNotRead, InterruptedException {
            TableSnapshot snapshot = stored();
            if (snapshot.parts() == null) {
                doing = "looks how to read it";
                List<String> beginnings = reading.parts(readers);
                definition = reading.definition();
                TableSnapshot cut = snapshot.cut(definition, beginnings, reading.estimate());
                obstacle = null;
                // What was told of since then counts from where it was told, and not for rows that stand here.
                List<BinlogEvent> events = reading.shape().equals(shapeBefore)
                        ? List.of()
                        : List.of(event(new SourceEvent.Shape(table, reading.shape(), Origin.of(snapshot))));
                give(events, () -> stored = cut);
                parts = beginnings.toArray(String[]::new);
                LOG.debug("The snapshot of {} begins at {}", table, snapshot.position());
            } else {
                definition = snapshot.definition();
                parts = snapshot.parts().toArray(String[]::new);
                LOG.debug("The snapshot of {} goes on after {} rows", table, snapshot.rows());
            }
        }

        private void read(int part, TableSource.Reading reading)
                throws SQLException, TableNotRead, InterruptedException {
            if (!reading.definition().equals(definition)) {
                throw new TableNotRead("its definition changed meanwhile", true);
            }
            // After a lost connection what was on its way may be read twice, which does no harm.
            String place = place(part);
            long waited = 0;
            while (place != null && !isOver()) {
                waited += pace.await(why -> doing = why);
                waitedBetween.accumulate(waited);
                doing = "reads it";
                TableSource.Chunk chunk = reading.next(place);
                obstacle = null;
                String next = chunk.next().orElse(null);
                int rows = chunk.rows().size();
                doing = "puts rows on the stream";
                List<BinlogEvent> events = rows == 0
                        ? List.of()
                        : List.of(event(new SourceEvent.Reads(chunk.table(), chunk.rows(), Origin.of(stored()))));
                give(events, () -> advance(part, next, rows));
                pace.read(rows);
                place = next;
            }
            awaitEnd();
        }

        /** The last reader of the table tells, once all is stored. */
        private void awaitEnd() throws InterruptedException {
            if (left.decrementAndGet() == 0) {
                while (!stored().isRead() && !isOver()) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
                store.came();
            }
        }

        private synchronized String place(int part) {
            return parts[part];
        }

        private BinlogEvent event(SourceEvent.Located event) {
            return new BinlogEvent(event, server, stored().began());
        }

        private void give(List<BinlogEvent> events, Runnable change) throws InterruptedException {
            try {
                store.store(events, unreadable -> stored(unreadable, change));
            } catch (RuntimeException e) {
                throw new NotStored(e);
            }
        }

        private synchronized void stored(Optional<String> unreadable, Runnable change) {
            if (unreadable.isPresent()) {
                // What could not be written is missing: the end would say that it is not there.
                end(new TableNotRead(unreadable.get(), false));
            } else if (!ended) {
                change.run();
            }
        }

        /** So far the part is stored. */
        private void advance(int part, String next, int rows) {
            parts[part] = next;
            List<String> left = new ArrayList<>();
            for (String place : parts) {
                if (place != null) {
                    left.add(place);
                }
            }
            stored = stored.at(left, stored.rows() + rows);
            if (left.isEmpty()) {
                Duration read = Duration.ofNanos(System.nanoTime() - known).minus(waited());
                LOG.atLevel(read.compareTo(LONG) < 0 ? Level.DEBUG : Level.INFO)
                        .log("The snapshot of {} has read all {} rows in {} s", table, stored.rows(), read.toSeconds());
                outcomes.add(new Read(stored, waited()));
            }
        }

        /** Does something on a connection, and again on another one while connections are lost. */
        private void whileConnected(int number, Step step) {
            boolean done = false;
            while (!done && !isOver()) {
                done = true;
                doing = "connects";
                try (TableSource.Reading reading = source.open(stored(), server, waiting -> doing = waiting)) {
                    open.put(number, reading);
                    step.take(reading);
                } catch (TableNotRead e) {
                    end(e);
                    store.came();
                } catch (SQLException e) {
                    LOG.debug("{} is not read now", table, e);
                    obstacle = e.getErrorCode() == TableChunks.LOCKED
                            ? "waits for a lock that another statement has on the table"
                            : "waits to connect again: the connection to MySQL was lost";
                    done = !slept();
                } catch (NotStored e) {
                    LOG.debug("The loop says why {} is not read on", table, e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    LOG.error("The snapshot of {} has failed", table, e);
                    end(new TableNotRead(
                            "Floe has failed on it (" + e.getClass().getSimpleName() + ")", false));
                } finally {
                    open.remove(number);
                }
            }
        }

        private static boolean slept() {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private synchronized void end(TableNotRead why) {
            if (!isOver()) {
                ended = true;
                obstacle = null;
                doing = why.again() ? "is read again once the binlog was read to its new definition" : "cannot be read";
                outcomes.add(
                        why.again() ? new Changed(stored, waited()) : new NotRead(stored, waited(), why.getMessage()));
            }
        }

        private boolean isOver() {
            return ended || closed || Thread.currentThread().isInterrupted();
        }

        private void abort() {
            open.values().forEach(TableSource.Reading::close);
        }
    }

    /** What was read could not be stored. */
    private static final class NotStored extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotStored(RuntimeException cause) {
            super(cause);
        }
    }

    private interface Step {

        void take(TableSource.Reading reading) throws SQLException, TableNotRead, InterruptedException;
    }
}
