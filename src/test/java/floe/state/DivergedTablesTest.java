package floe.state;

import static org.assertj.core.api.Assertions.assertThat;

import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.TableId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DivergedTablesTest {

    private static final TableId ITEMS = new TableId("shop", "items");
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final Set<TableId> CAPTURED = Set.of(ITEMS, ORDERS);
    private static final String XID = "X'61',X'',1";

    private DivergedTables diverged = DivergedTables.NONE;

    @Test
    void oneEntryPerTableAndKindTellsOfTheLast() {
        see(unseen("INSERT", 10, ITEMS), unseen("INSERT", 20, ITEMS), unseen("UPDATE", 15, ITEMS, ORDERS));

        assertThat(entries()).containsExactlyInAnyOrder("items INSERT 20", "items UPDATE 15", "orders UPDATE 15");
    }

    @Test
    void seeingTheSameAgainChangesNothing() {
        Sighting[] all = {
            unseen("INSERT", 10, ITEMS),
            prepared(20, ORDERS),
            ended(30, false),
            prepared(40, ITEMS),
            ended(50, true),
            unseen("INSERT", 60, ITEMS)
        };
        see(all);
        DivergedTables once = diverged;

        for (int from = 0; from < all.length; from++) {
            for (int i = from; i < all.length; i++) {
                see(all[i]);
            }
            assertThat(diverged).as("read again from " + from).isEqualTo(once);
        }
        assertThat(entries()).containsExactlyInAnyOrder("items INSERT 60", "orders XA ROLLBACK of prepared rows 30");
    }

    @Test
    void whatIsReadAgainAfterASnapshotThatBeganBeforeItStays() {
        see(unseen("INSERT", 10, ITEMS), unseen("INSERT", 20, ORDERS));

        diverged = diverged.snapshotted(CAPTURED, new Position(1, 3, 15, 0));

        assertThat(entries()).containsExactly("orders INSERT 20");
    }

    @Test
    void aCommitMarksNothingAndIsForgotten() {
        see(prepared(10, ITEMS), ended(20, true));

        assertThat(diverged.entries()).isEmpty();
        assertThat(diverged.prepared()).isEmpty();
    }

    @Test
    void anXidMayBeUsedAgain() {
        see(prepared(10, ITEMS), ended(20, true), prepared(30, ORDERS), ended(40, false));

        assertThat(entries()).containsExactly("orders XA ROLLBACK of prepared rows 40");
    }

    @Test
    void theEndOfATransactionThatNobodyKnowsCountsForEveryTable() {
        see(ended(10, false));

        assertThat(entries()).hasSize(2).allMatch(entry -> entry.contains("XA ROLLBACK of a transaction whose rows"));
    }

    @Test
    void theRowsOfATransactionPreparedBeforeASnapshotAreMissingOnceItIsCommitted() {
        see(prepared(10, ITEMS));
        diverged = diverged.snapshotted(CAPTURED, new Position(2, 3, 15, 0));

        diverged = diverged.after(ended(20, true), 2, CAPTURED);

        assertThat(entries()).containsExactly("items XA COMMIT of prepared rows 20");
    }

    @Test
    void theRowsOfATransactionPreparedBeforeASnapshotAreGoneWhenItIsRolledBack() {
        see(prepared(10, ITEMS));
        diverged = diverged.snapshotted(CAPTURED, new Position(2, 3, 15, 0));

        diverged = diverged.after(ended(20, false), 2, CAPTURED);

        assertThat(diverged.entries()).isEmpty();
    }

    @Test
    void theLatestThousandPreparedTransactionsAreRemembered() {
        for (int i = 0; i < 1_001; i++) {
            see(new Sighting.Prepared("xid " + i, Set.of(ITEMS), at(10 + i)));
        }

        assertThat(diverged.prepared()).hasSize(1_000);
        assertThat(diverged.prepared().get(0).xid()).isEqualTo("xid 1");
    }

    @Test
    void withATableGoesWhatWasKnownOfIt() {
        see(unseen("INSERT", 10, ITEMS, ORDERS), new Sighting.SetAside(ITEMS, "no key", at(20)));

        see(new Sighting.Left(ITEMS, at(30)));

        assertThat(entries()).containsExactly("orders INSERT 10");
    }

    @Test
    void aTableThatComesIsToBeReadOnlyWhereItHasRows() {
        see(new Sighting.SetAside(ITEMS, "no key", at(10)), unseen("INSERT", 10, ITEMS));

        see(new Sighting.Arrived(ITEMS, "earlier rows", at(20)), new Sighting.Arrived(ORDERS, null, at(30)));

        assertThat(entries()).containsExactly("items earlier rows 20");
        assertThat(diverged.entries().get(0).isMendedByReading()).isTrue();
    }

    @Test
    void aTableIsSetAsideForItsLastReasonAndFromWhereItBegan() {
        see(
                new Sighting.SetAside(ITEMS, "no key", at(10)),
                new Sighting.SetAside(ITEMS, "a VECTOR", at(20)),
                new Sighting.SetAside(ITEMS, "a VECTOR", at(30)));

        assertThat(entries()).containsExactly("items set aside, its changes are not read: a VECTOR 20");
        assertThat(diverged.entries().get(0).isMendedByReading()).isFalse();
    }

    /** It may have gone since, and has no copy any more. */
    @Test
    void aRollbackCountsForThoseTablesThatAreStillCaptured() {
        see(prepared(10, ITEMS, new TableId("shop", "gone")), ended(20, false));

        assertThat(entries()).containsExactly("items XA ROLLBACK of prepared rows 20");
    }

    private void see(Sighting... sightings) {
        for (Sighting sighting : sightings) {
            diverged = diverged.after(sighting, 1, CAPTURED);
        }
    }

    private List<String> entries() {
        return diverged.entries().stream()
                .map(entry -> entry.table().table() + " " + entry.what() + " "
                        + Position.parse(entry.position()).offset())
                .toList();
    }

    private static Sighting unseen(String what, long offset, TableId... tables) {
        return new Sighting.Unseen(Set.of(tables), what, at(offset));
    }

    private static Sighting prepared(long offset, TableId... tables) {
        return new Sighting.Prepared(XID, Set.of(tables), at(offset));
    }

    private static Sighting ended(long offset, boolean committed) {
        return new Sighting.Ended(XID, committed, at(offset));
    }

    private static BinlogPlace at(long offset) {
        return new BinlogPlace("binlog.000003", offset, null, 0);
    }
}
