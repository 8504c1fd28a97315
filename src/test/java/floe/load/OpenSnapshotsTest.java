package floe.load;

import static floe.load.Mirrors.ITEMS;
import static floe.load.Mirrors.ITEM_KEYS;
import static floe.load.Mirrors.LEVELS;
import static floe.load.Mirrors.LEVEL_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.TableId;
import floe.change.UnfitChange.Reason;
import floe.letters.DeadLetter;
import floe.load.Source.Event;
import floe.load.Source.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Snapshots of single tables beside the stream: begun, partly read, read again, ended on each lane, cancelled, several open at
 * once, never ended. A failure prints its seed; {@code @Property(seed = "..")} repeats it.
 */
class OpenSnapshotsTest {

    private static Mirrors mirrors;

    @BeforeContainer
    static void start() throws Exception {
        mirrors = new Mirrors();
    }

    @AfterContainer
    static void stop() throws Exception {
        mirrors.close();
    }

    @BeforeTry
    void clear() throws Exception {
        mirrors.clear();
    }

    @Property(tries = 500)
    void anyDeliveryGivesTheTablesOfTheSource(
            @ForAll("histories") List<Event> ofItems,
            @ForAll("histories") List<Event> ofLevels,
            @ForAll @IntRange(min = 1, max = 20) int batchRows,
            @ForAll long delivery)
            throws Exception {
        Source items = new Source(ITEMS, ITEM_KEYS).after(ofItems);
        Source levels = new Source(LEVELS, LEVEL_KEYS).after(ofLevels);
        List<String> lines = new ArrayList<>(items.lines());
        lines.addAll(levels.lines());

        for (Delivery.Staged file : Delivery.of(lines, new Random(delivery))) {
            assertThat(mirrors.load(file, batchRows)).isEmpty();
        }

        assertThat(mirrors.rows(ITEMS, ITEM_KEYS)).isEqualTo(Mirrors.rows(items, ITEM_KEYS));
        assertThat(mirrors.rows(LEVELS, LEVEL_KEYS)).isEqualTo(Mirrors.rows(levels, LEVEL_KEYS));
        assertThat(mirrors.told(ITEMS)).isEqualTo(toldOfOpen(items, ITEMS));
        assertThat(mirrors.told(LEVELS)).isEqualTo(toldOfOpen(levels, LEVELS));
    }

    @Property(tries = 150)
    void soDoTheProceduresThatTakeOneChangeACall(@ForAll("histories") List<Event> history, @ForAll long delivery)
            throws Exception {
        Source items = new Source(ITEMS, ITEM_KEYS).after(history);

        for (Delivery.Staged file : Delivery.of(items.lines(), new Random(delivery))) {
            assertThat(mirrors.loadByRow(file)).isEmpty();
        }

        assertThat(mirrors.rows(ITEMS, ITEM_KEYS)).isEqualTo(Mirrors.rows(items, ITEM_KEYS));
        assertThat(mirrors.told(ITEMS)).isEqualTo(toldOfOpen(items, ITEMS));
    }

    @Property(tries = 600)
    void aRowThatLastsIsNeverMissedWhereSnapshotsEndBehindTheirRows(
            @ForAll("withoutWholeSnapshots") List<Event> history,
            @ForAll @IntRange(min = 1, max = 20) int batchRows,
            @ForAll @IntRange(min = 0, max = 5) int purges,
            @ForAll boolean beginsFirst,
            @ForAll long delivery)
            throws Exception {
        lastingRowsStay(
                ITEMS,
                ITEM_KEYS,
                history,
                purges,
                beginsFirst,
                new Random(delivery),
                (file, watch) -> mirrors.load(file, batchRows, watch));
    }

    @Property(tries = 150)
    void norIsItWhereKeysHaveSeveralSpellings(
            @ForAll("withoutWholeSnapshots") List<Event> history,
            @ForAll @IntRange(min = 0, max = 5) int purges,
            @ForAll boolean beginsFirst,
            @ForAll long delivery)
            throws Exception {
        lastingRowsStay(
                LEVELS,
                LEVEL_KEYS,
                history,
                purges,
                beginsFirst,
                new Random(delivery),
                (file, watch) -> mirrors.load(file, 3, watch));
    }

    @Property(tries = 150)
    void norIsItByTheProceduresThatTakeOneChangeACall(
            @ForAll("withoutWholeSnapshots") List<Event> history,
            @ForAll @IntRange(min = 0, max = 5) int purges,
            @ForAll boolean beginsFirst,
            @ForAll long delivery)
            throws Exception {
        lastingRowsStay(ITEMS, ITEM_KEYS, history, purges, beginsFirst, new Random(delivery), mirrors::loadByRow);
    }

    private interface Load {
        List<DeadLetter> file(Delivery.Staged file, Mirrors.Watch watch) throws SQLException;
    }

    private static void lastingRowsStay(
            TableId table,
            Source.Keys keys,
            List<Event> history,
            int purges,
            boolean beginsFirst,
            Random random,
            Load load)
            throws SQLException {
        Source source = new Source(table, keys).after(history);
        Set<String> lasting = source.lasting();
        Set<String> seen = new HashSet<>();
        List<String> refused = new ArrayList<>();

        for (Delivery.Staged file :
                Delivery.endingBehindRows(source.lines(), source.snapshots(), beginsFirst, random)) {
            List<DeadLetter> letters = load.file(file, () -> {
                Set<String> there = mirrors.rows(table, keys).keySet();
                assertThat(there).containsAll(seen);
                seen.addAll(there);
                seen.retainAll(lasting);
            });
            assertThat(letters).allMatch(letter -> letter.reason() == Reason.BELOW_HORIZON);
            letters.forEach(letter -> refused.add(letter.event()));
            if (beginsFirst) {
                String floor = mirrors.floor(table);
                assertThat(letters).noneMatch(letter -> isOfOpen(letter, source, floor));
            }
            if (random.nextInt(10) < purges) {
                mirrors.purge(table);
            }
        }

        Map<String, String> expected = Mirrors.rows(source, keys);
        Map<String, String> found = mirrors.rows(table, keys);
        assertThat(expected).containsAllEntriesOf(found);
        Map<String, String> images = source.images();
        images.keySet().removeAll(found.keySet());
        assertThat(images.values())
                .allSatisfy(image -> assertThat(refused).anyMatch(event -> event.contains("alues\":" + image)));
    }

    private static boolean isOfOpen(DeadLetter letter, Source source, String floor) {
        return source.snapshots().stream()
                .filter(snapshot -> !snapshot.cancelled())
                .map(snapshot -> snapshot.position().toString())
                .anyMatch(position ->
                        position.compareTo(floor) > 0 && letter.event().contains(position));
    }

    /** How many things were told of the snapshots above the floor: each of them is kept, and nothing else. */
    private static int toldOfOpen(Source source, TableId table) throws SQLException {
        String floor = mirrors.floor(table);
        return source.snapshots().stream()
                .filter(snapshot -> snapshot.position().toString().compareTo(floor) > 0)
                .mapToInt(snapshot -> 1 + snapshot.ends().size() + (snapshot.cancelled() ? 1 : 0))
                .sum();
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return events(Arbitraries.frequency(
                Tuple.of(8, Kind.WRITE),
                Tuple.of(3, Kind.DELETE),
                Tuple.of(2, Kind.MOVE),
                Tuple.of(1, Kind.TRUNCATE),
                Tuple.of(1, Kind.RECREATE),
                Tuple.of(1, Kind.RESTART),
                Tuple.of(1, Kind.UNSEEN),
                Tuple.of(1, Kind.SNAPSHOT),
                Tuple.of(1, Kind.SNAPSHOT_END),
                Tuple.of(4, Kind.BEGIN),
                Tuple.of(5, Kind.READ),
                Tuple.of(3, Kind.END),
                Tuple.of(1, Kind.CANCEL)));
    }

    @Provide
    Arbitrary<List<Event>> withoutWholeSnapshots() {
        return events(Arbitraries.frequency(
                Tuple.of(10, Kind.WRITE),
                Tuple.of(2, Kind.DELETE),
                Tuple.of(1, Kind.MOVE),
                Tuple.of(1, Kind.TRUNCATE),
                Tuple.of(1, Kind.RESTART),
                Tuple.of(1, Kind.UNSEEN),
                Tuple.of(4, Kind.BEGIN),
                Tuple.of(5, Kind.READ),
                Tuple.of(4, Kind.END),
                Tuple.of(1, Kind.CANCEL)));
    }

    private static Arbitrary<List<Event>> events(Arbitrary<Kind> kinds) {
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.integers().between(0, 9))
                .as(Event::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }
}
