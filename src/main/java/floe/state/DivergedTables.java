package floe.state;

import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that need a new snapshot, and what must be remembered to know of them. Seeing the same once more, as after a
 * restart, changes nothing.
 *
 * @param entries the last divergence of each table and kind since the table's last snapshot
 * @param prepared the transactions that are prepared and have not ended, the latest last
 * @param seen position of the last beginning or end of a prepared state; null before the first
 */
public record DivergedTables(List<Divergence> entries, List<PreparedTransaction> prepared, String seen) {

    public static final DivergedTables NONE = new DivergedTables(null, null, null);

    /** More than a server has at once; the end of one that is forgotten counts for every table. */
    private static final int PREPARED_KEPT = 1000;

    public DivergedTables {
        entries = entries == null ? List.of() : List.copyOf(entries);
        prepared = prepared == null ? List.of() : List.copyOf(prepared);
    }

    /**
     * What is known after {@code sighting}.
     *
     * @param epoch of the binlog that it was seen in
     * @param captured all captured tables
     */
    public DivergedTables after(Sighting sighting, long epoch, Set<TableId> captured) {
        if (sighting instanceof Sighting.Unseen unseen) {
            return diverged(unseen.tables(), unseen.what(), unseen.at(), epoch);
        }
        if (sighting instanceof Sighting.Arrived now) {
            DivergedTables before = without(now.table());
            return now.unread() == null ? before : before.diverged(Set.of(now.table()), now.unread(), now.at(), epoch);
        }
        if (sighting instanceof Sighting.Left now) {
            return without(now.table());
        }
        if (sighting instanceof Sighting.SetAside now) {
            return settingAside(Divergence.setAside(now.table(), now.why(), now.at(), epoch));
        }
        Position position = sighting.at().position(epoch);
        if (seen != null && position.compareTo(Position.parse(seen)) <= 0) {
            return this;
        }
        if (sighting instanceof Sighting.Prepared now) {
            List<PreparedTransaction> kept = without(now.xid());
            kept.add(new PreparedTransaction(now.xid(), now.tables(), position.toString(), false));
            kept = kept.subList(Math.max(0, kept.size() - PREPARED_KEPT), kept.size());
            return new DivergedTables(entries, kept, position.toString());
        }
        Sighting.Ended end = (Sighting.Ended) sighting;
        return new DivergedTables(ended(end, epoch, captured).entries(), without(end.xid()), position.toString());
    }

    /**
     * What is known once a snapshot begins. It shows what was committed by then: so a transaction prepared before it must
     * not be committed after it, because its rows do not come again.
     *
     * @param tables those it covers
     */
    DivergedTables reading(Collection<TableId> tables, Position began) {
        return new DivergedTables(
                entries,
                prepared.stream()
                        .map(transaction -> transaction.snapshotted(tables, began))
                        .toList(),
                seen);
    }

    /**
     * What is left after a snapshot that began at {@code began}.
     *
     * @param tables those it covered
     */
    public DivergedTables snapshotted(Collection<TableId> tables, Position began) {
        return new DivergedTables(
                entries.stream()
                        .filter(entry -> !tables.contains(entry.table()) || entry.isAfter(began))
                        .toList(),
                reading(tables, began).prepared(),
                seen);
    }

    private DivergedTables ended(Sighting.Ended end, long epoch, Set<TableId> captured) {
        String how = end.committed() ? "XA COMMIT" : "XA ROLLBACK";
        Optional<PreparedTransaction> known = prepared.stream()
                .filter(transaction -> transaction.xid().equals(end.xid()))
                .findFirst();
        if (known.isEmpty()) {
            return diverged(captured, how + " of a transaction whose rows Floe has not read", end.at(), epoch);
        }
        // The copies have its rows, unless a snapshot took them away.
        Set<TableId> changed = new HashSet<>(known.get().tables());
        changed.retainAll(captured);
        return end.committed() == known.get().beforeSnapshot()
                ? diverged(changed, how + " of prepared rows", end.at(), epoch)
                : this;
    }

    /** What is known after {@code what} happened to {@code tables}. */
    DivergedTables diverged(Set<TableId> tables, String what, BinlogPlace at, long epoch) {
        List<Divergence> all = new ArrayList<>(entries);
        for (TableId table : tables) {
            Divergence now = Divergence.of(table, what, at, epoch);
            if (all.stream().noneMatch(entry -> entry.isLike(now) && !now.isAfter(Position.parse(entry.position())))) {
                all.removeIf(now::isLike);
                all.add(now);
            }
        }
        return new DivergedTables(all, prepared, seen);
    }

    /**
     * What is known at a start that sets these tables aside, and no others.
     *
     * @param reasons why, by table
     */
    DivergedTables settingAside(Map<TableId, String> reasons, BinlogPlace at, long epoch) {
        DivergedTables known = new DivergedTables(
                entries.stream()
                        .filter(entry -> !entry.isSetAside() || reasons.containsKey(entry.table()))
                        .toList(),
                prepared,
                seen);
        for (Map.Entry<TableId, String> reason : reasons.entrySet()) {
            known = known.settingAside(Divergence.setAside(reason.getKey(), reason.getValue(), at, epoch));
        }
        return known;
    }

    /** A table has one such entry at most, and the same one again changes nothing. */
    private DivergedTables settingAside(Divergence now) {
        List<Divergence> all = new ArrayList<>(entries);
        all.removeIf(entry -> entry.isSetAside() && entry.table().equals(now.table()) && !entry.isLike(now));
        if (all.stream().noneMatch(now::isLike)) {
            all.add(now);
        }
        return new DivergedTables(all, prepared, seen);
    }

    /** What is known at a start at which these captured tables are not there any more. */
    DivergedTables notThere(Set<TableId> gone, BinlogPlace at, long epoch) {
        List<Divergence> all = new ArrayList<>(entries);
        for (TableId table : gone) {
            Divergence now = Divergence.notThere(table, at, epoch);
            if (all.stream().noneMatch(now::isLike)) {
                all.add(now);
            }
        }
        return new DivergedTables(all, prepared, seen);
    }

    private DivergedTables without(TableId table) {
        return new DivergedTables(
                entries.stream().filter(entry -> !entry.table().equals(table)).toList(), prepared, seen);
    }

    private List<PreparedTransaction> without(String xid) {
        List<PreparedTransaction> kept = new ArrayList<>(prepared);
        kept.removeIf(transaction -> transaction.xid().equals(xid));
        return kept;
    }
}
