package floe.state;

import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.TableId;
import java.util.ArrayList;
import java.util.Collection;
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
        return end.committed() == known.get().beforeSnapshot()
                ? diverged(known.get().tables(), how + " of prepared rows", end.at(), epoch)
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
        List<Divergence> all = new ArrayList<>(entries);
        reasons.forEach((table, why) -> {
            Divergence now = Divergence.setAside(table, why, at, epoch);
            if (all.stream().noneMatch(now::isLike)) {
                all.add(now);
            }
        });
        all.removeIf(entry -> entry.isSetAside()
                && !entry.isLike(
                        Divergence.setAside(entry.table(), String.valueOf(reasons.get(entry.table())), at, epoch)));
        return new DivergedTables(all, prepared, seen);
    }

    private List<PreparedTransaction> without(String xid) {
        List<PreparedTransaction> kept = new ArrayList<>(prepared);
        kept.removeIf(transaction -> transaction.xid().equals(xid));
        return kept;
    }
}
