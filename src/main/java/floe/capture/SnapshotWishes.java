package floe.capture;

import floe.change.MadeKey;
import floe.change.TableId;
import floe.change.TableShape;
import floe.mysql.ExecutedGtids;
import floe.state.CaptureState;
import floe.state.Divergence;
import floe.state.SnapshotRequests;
import floe.state.TableSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides between two batches which snapshots begin and end: by what came of those that run, by what people ask for, and of
 * tables that are not equal to their copies by itself.
 *
 * <p>For use by the thread that takes the batches, but for {@link #saved}.
 */
final class SnapshotWishes {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWishes.class);

    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    /** A table is read again by itself for a tenth of the time at most, so that nothing is read for ever. */
    private static final int REST = 9;

    private static final String WRITTEN =
            "rows were written while it was read, and may be in its copy twice, as each is kept for itself";

    private final CaptureSettings settings;
    private final SnapshotRequests requests;
    private final CaptureSession session;
    private final Function<TableId, TableShape> shapes;
    private final LongSupplier nanoTime;
    private final Map<TableId, Long> begun = new HashMap<>();
    private final Map<TableId, Long> restsUntil = new HashMap<>();
    /** Tables that must be read from their beginning, once these transactions were read; empty if that is to be asked. */
    private final Map<TableId, Optional<String>> again = new HashMap<>();

    /** Snapshots of tables in which each row is kept for itself, as far as they are to be read to be exact. */
    private final Map<TableId, Appended> appended = new HashMap<>();

    private long looked;
    /** Why requests cannot be read, as it was told last. */
    private String unreadable = "";

    /**
     * A snapshot that has read its table whole, in which each row is kept for itself.
     *
     * @param gtids the transactions that it may show; empty if that is to be asked
     */
    private record Appended(TableSnapshot snapshot, Optional<String> gtids) {}

    /**
     * What was decided, and counts once the state is saved.
     *
     * @param events to tell
     * @param answered what need not be asked again then
     */
    record Decided(List<BinlogEvent> events, List<SnapshotRequests.Request> answered) {}

    /**
     * @param shapes the shape of a table that was sent last; null if there is none
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    SnapshotWishes(
            CaptureSettings settings,
            SnapshotRequests requests,
            CaptureSession session,
            Function<TableId, TableShape> shapes,
            LongSupplier nanoTime) {
        this.shapes = shapes;
        this.settings = settings;
        this.requests = requests;
        this.session = session;
        this.nanoTime = nanoTime;
        this.looked = nanoTime.getAsLong() - LOOK_NANOS;
    }

    /** Decides, after a batch that the session has accepted. */
    Decided decide(List<Snapshots.Outcome> outcomes) {
        List<BinlogEvent> events = new ArrayList<>();
        // Those of tables that are not captured any more.
        session.state().snapshots().stream()
                .filter(snapshot -> !session.captures(snapshot.table()))
                .forEach(snapshot -> events.add(session.cancel(snapshot)));
        outcomes.stream()
                .filter(outcome -> open(outcome.snapshot().table())
                        .filter(outcome.snapshot()::isLike)
                        .isPresent())
                .forEach(outcome -> came(outcome, events));
        List<SnapshotRequests.Request> answered = List.of();
        if (nanoTime.getAsLong() - looked >= LOOK_NANOS) {
            looked = nanoTime.getAsLong();
            settle(events);
            answered = asked();
            Set<TableId> wanted = new LinkedHashSet<>();
            answered.forEach(request -> answer(request, wanted, events));
            wanted.addAll(changed());
            if (settings.snapshots().reread() == SnapshotSettings.Reread.AUTO) {
                wanted.addAll(diverged());
            }
            if (!wanted.isEmpty()) {
                events.add(begin(wanted));
            }
        }
        return new Decided(events, answered);
    }

    /** What was decided is saved. */
    void saved(Decided decided) {
        try {
            requests.close(decided.answered());
        } catch (IOException e) {
            LOG.warn(
                    "A request for a snapshot cannot be removed from {} and is answered once more; let capture write there: {}",
                    settings.stateFolder(),
                    e.toString());
        }
    }

    private void came(Snapshots.Outcome outcome, List<BinlogEvent> events) {
        TableSnapshot snapshot = outcome.snapshot();
        TableId table = snapshot.table();
        long now = nanoTime.getAsLong();
        long read = now - begun.getOrDefault(table, now) - outcome.waited().toNanos();
        restsUntil.put(table, now + REST * Math.max(0, read));
        if (outcome instanceof Snapshots.Read && isAppended(table)) {
            appended.put(table, new Appended(snapshot, Optional.empty()));
        } else if (outcome instanceof Snapshots.Read) {
            events.add(session.end(snapshot));
        } else if (outcome instanceof Snapshots.NotRead given) {
            events.add(session.cancel(snapshot));
            session.setAside(table, Divergence.NOT_READ + given.why(), Instant.now());
        } else {
            again.put(table, Optional.empty());
        }
    }

    private boolean isAppended(TableId table) {
        TableShape shape = shapes.apply(table);
        return shape != null && shape.made() == MadeKey.APPEND;
    }

    /**
     * Where each row is kept for itself, one that was written after a snapshot began and that it has read too is there twice. So
     * such a snapshot ends once the binlog was read as far as it may show, and only if no row was written meanwhile.
     */
    private void settle(List<BinlogEvent> events) {
        appended.values().removeIf(read -> open(read.snapshot().table())
                .filter(read.snapshot()::isLike)
                .isEmpty());
        appended.replaceAll(
                (table, read) -> read.gtids().isPresent() ? read : new Appended(read.snapshot(), executed()));
        appended.values().removeIf(read -> {
            boolean known = read.gtids().filter(session::hasRead).isPresent();
            if (known && session.mayHaveWrittenSince(read.snapshot())) {
                events.add(session.cancel(read.snapshot()));
                session.setAside(read.snapshot().table(), WRITTEN, Instant.now());
            } else if (known) {
                events.add(session.end(read.snapshot()));
            }
            return known;
        });
    }

    private List<SnapshotRequests.Request> asked() {
        try {
            List<SnapshotRequests.Request> open = requests.open();
            unreadable = "";
            return open;
        } catch (IOException | RuntimeException e) {
            if (!unreadable.equals(e.toString())) {
                LOG.warn(
                        "The requests for snapshots cannot be read in {}; see to its rights, or delete the file and run floe snapshot: {}",
                        settings.stateFolder(),
                        e.toString());
            }
            unreadable = e.toString();
            return List.of();
        }
    }

    private void answer(SnapshotRequests.Request request, Set<TableId> wanted, List<BinlogEvent> events) {
        for (TableId table : request.tables()) {
            if (!session.captures(table)) {
                LOG.warn("A snapshot of {} was asked for, which is not captured: add it to capture.tables", table);
            } else if (request.wish() == SnapshotRequests.Wish.READ) {
                wanted.add(table);
            } else {
                wanted.remove(table);
                open(table).ifPresent(snapshot -> events.add(session.cancel(snapshot)));
            }
        }
    }

    /** Those that became other tables while they were read, once the binlog was read to where they had. */
    private Set<TableId> changed() {
        Set<TableId> ready = new LinkedHashSet<>();
        again.keySet().removeIf(table -> open(table).isEmpty());
        again.replaceAll((table, gtids) -> gtids.isPresent() ? gtids : executed());
        again.forEach((table, gtids) -> {
            if (gtids.filter(session::hasRead).isPresent()) {
                ready.add(table);
            }
        });
        return ready;
    }

    private Optional<String> executed() {
        try (Connection mysql = settings.mysql().connect()) {
            return Optional.of(ExecutedGtids.read(mysql));
        } catch (SQLException e) {
            LOG.debug("MySQL cannot be asked what is executed", e);
            return Optional.empty();
        }
    }

    /** Those that are not equal to their copies, and are by a snapshot. */
    private Set<TableId> diverged() {
        Set<TableId> ready = new LinkedHashSet<>();
        long now = nanoTime.getAsLong();
        for (Divergence divergence : session.state().diverged().entries()) {
            TableId table = divergence.table();
            if (session.captures(table)
                    && divergence.isMendedByReading()
                    && open(table).isEmpty()
                    && now - restsUntil.getOrDefault(table, now) >= 0) {
                ready.add(table);
            }
        }
        return ready;
    }

    private BinlogEvent begin(Set<TableId> tables) {
        LOG.info("Snapshots begin of {}", TableId.some(tables));
        tables.forEach(table -> {
            again.remove(table);
            begun.put(table, nanoTime.getAsLong());
        });
        return session.begin(tables, Instant.now());
    }

    private Optional<TableSnapshot> open(TableId table) {
        CaptureState state = session.state();
        return state.snapshots().stream()
                .filter(snapshot -> snapshot.table().equals(table))
                .findFirst();
    }
}
