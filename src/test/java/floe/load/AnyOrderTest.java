package floe.load;

import static floe.load.Mirrors.ITEMS;
import static floe.load.Mirrors.ITEM_KEYS;
import static floe.load.Mirrors.LEVELS;
import static floe.load.Mirrors.LEVEL_KEYS;
import static floe.load.Mirrors.PLACES;
import static floe.load.Mirrors.PLACE_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.TableId;
import floe.change.UnfitChange.Reason;
import floe.load.Source.Event;
import floe.load.Source.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
 * Whatever happens to three MySQL tables, and in whatever order, pieces and numbers the lines of it arrive: Snowflake's
 * tables become equal to them. A failure prints its seed; {@code @Property(seed = "..")} repeats it.
 */
class AnyOrderTest {

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

    @Property(tries = 1_000)
    void anyDeliveryOfAnyHistoryGivesTheTablesOfTheSource(
            @ForAll("histories") List<Event> ofItems,
            @ForAll("histories") List<Event> ofPlaces,
            @ForAll("changesOfKeys") List<Event> ofLevels,
            @ForAll @IntRange(min = 1, max = 20) int batchRows,
            @ForAll long delivery)
            throws Exception {
        Source items = new Source(ITEMS, ITEM_KEYS).after(ofItems);
        Source places = new Source(PLACES, PLACE_KEYS).after(ofPlaces);
        Source levels = new Source(LEVELS, LEVEL_KEYS).after(ofLevels);
        List<String> lines = new ArrayList<>(items.lines());
        lines.addAll(places.lines());
        lines.addAll(levels.lines());

        for (Delivery.Staged file : Delivery.of(lines, new Random(delivery))) {
            assertThat(mirrors.load(file, batchRows)).isEmpty();
        }

        assertThat(mirrors.rows(ITEMS, ITEM_KEYS)).isEqualTo(Mirrors.rows(items, ITEM_KEYS));
        assertThat(mirrors.rows(PLACES, PLACE_KEYS)).isEqualTo(Mirrors.rows(places, PLACE_KEYS));
        assertThat(mirrors.rows(LEVELS, LEVEL_KEYS)).isEqualTo(Mirrors.rows(levels, LEVEL_KEYS));
    }

    @Property(tries = 150)
    void soDoTheProceduresThatTakeOneChangeACall(
            @ForAll("histories") List<Event> ofItems,
            @ForAll("histories") List<Event> ofPlaces,
            @ForAll("changesOfKeys") List<Event> ofLevels,
            @ForAll long delivery)
            throws Exception {
        Source items = new Source(ITEMS, ITEM_KEYS).after(ofItems);
        Source places = new Source(PLACES, PLACE_KEYS).after(ofPlaces);
        Source levels = new Source(LEVELS, LEVEL_KEYS).after(ofLevels);
        List<String> lines = new ArrayList<>(items.lines());
        lines.addAll(places.lines());
        lines.addAll(levels.lines());

        for (Delivery.Staged file : Delivery.of(lines, new Random(delivery))) {
            assertThat(mirrors.loadByRow(file)).isEmpty();
        }

        assertThat(mirrors.rows(ITEMS, ITEM_KEYS)).isEqualTo(Mirrors.rows(items, ITEM_KEYS));
        assertThat(mirrors.rows(PLACES, PLACE_KEYS)).isEqualTo(Mirrors.rows(places, PLACE_KEYS));
        assertThat(mirrors.rows(LEVELS, LEVEL_KEYS)).isEqualTo(Mirrors.rows(levels, LEVEL_KEYS));
    }

    @Property(tries = 100)
    void filesOfTheReplacedSetUpMayComeInAnyOrderToo(
            @ForAll("rowChanges") List<Event> before,
            @ForAll("rowChanges") List<Event> since,
            @ForAll @IntRange(min = 1, max = 5) int linesOfAFile,
            @ForAll long delivery)
            throws Exception {
        Source items = new Source(ITEMS, ITEM_KEYS).after(before);
        List<String> legacy = items.lines().stream()
                .map(line -> line.substring(0, line.indexOf(",\"key\"")) + "}")
                .toList();
        List<String> lines = items.after(since).lines();
        Random random = new Random(delivery);
        List<Delivery.Staged> files = new ArrayList<>();
        for (int from = 0; from < legacy.size(); from += linesOfAFile) {
            List<String> some = legacy.subList(from, Math.min(legacy.size(), from + linesOfAFile));
            files.add(Delivery.file(files.size(), some));
            files.add(files.get(random.nextInt(files.size())));
        }
        files.addAll(Delivery.of(lines.subList(legacy.size(), lines.size()), random));
        Collections.shuffle(files, random);

        for (Delivery.Staged file : files) {
            assertThat(mirrors.load(file, 100)).isEmpty();
        }

        assertThat(mirrors.rows(ITEMS, ITEM_KEYS)).isEqualTo(Mirrors.rows(items, ITEM_KEYS));
    }

    @Property(tries = 300)
    void whereDeletesWereForgottenARowIsRightOrItsLastChangeIsADeadLetter(
            @ForAll("histories") List<Event> history,
            @ForAll @IntRange(min = 1, max = 9) int often,
            @ForAll long delivery)
            throws Exception {
        forgettingDeletes(ITEMS, ITEM_KEYS, history, often, new Random(delivery));
    }

    @Property(tries = 200)
    void soItIsWhereKeysHaveSeveralSpellings(
            @ForAll("changesOfKeys") List<Event> history,
            @ForAll @IntRange(min = 1, max = 9) int often,
            @ForAll long delivery)
            throws Exception {
        forgettingDeletes(LEVELS, LEVEL_KEYS, history, often, new Random(delivery));
    }

    private static void forgettingDeletes(
            TableId table, Source.Keys keys, List<Event> history, int often, Random random) throws Exception {
        Source source = new Source(table, keys).after(history);
        List<String> refused = new ArrayList<>();

        for (Delivery.Staged file : Delivery.of(source.lines(), random)) {
            mirrors.load(file, 100).forEach(letter -> {
                assertThat(letter.reason()).isEqualTo(Reason.BELOW_HORIZON);
                refused.add(letter.event());
            });
            if (random.nextInt(10) < often) {
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

    @Provide
    Arbitrary<List<Event>> histories() {
        return events(Arbitraries.frequency(
                Tuple.of(8, Kind.WRITE),
                Tuple.of(4, Kind.DELETE),
                Tuple.of(2, Kind.MOVE),
                Tuple.of(1, Kind.MOVE_IN_ONE),
                Tuple.of(1, Kind.TRUNCATE),
                Tuple.of(1, Kind.RECREATE),
                Tuple.of(1, Kind.ALTER),
                Tuple.of(1, Kind.UNSEEN),
                Tuple.of(1, Kind.SNAPSHOT),
                Tuple.of(1, Kind.SNAPSHOT_END)));
    }

    @Provide
    Arbitrary<List<Event>> changesOfKeys() {
        return events(Arbitraries.frequency(
                Tuple.of(6, Kind.WRITE),
                Tuple.of(2, Kind.DELETE),
                Tuple.of(6, Kind.MOVE),
                Tuple.of(4, Kind.MOVE_IN_ONE),
                Tuple.of(1, Kind.TRUNCATE),
                Tuple.of(1, Kind.SNAPSHOT),
                Tuple.of(1, Kind.SNAPSHOT_END)));
    }

    @Provide
    Arbitrary<List<Event>> rowChanges() {
        return events(Arbitraries.frequency(
                Tuple.of(4, Kind.WRITE), Tuple.of(2, Kind.DELETE), Tuple.of(1, Kind.MOVE_IN_ONE)));
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
                .ofMaxSize(24);
    }
}
