package floe.load;

import static floe.load.Mirrors.ITEMS;
import static floe.load.Mirrors.ITEM_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.UnfitChange.Reason;
import floe.letters.DeadLetter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the lines of a snapshot do, one after the other. Offsets stand for positions: snapshots are at 100 and 200. */
class SnapshotLinesTest {

    private static final int FIRST = 100;
    private static final int SECOND = 200;

    private static Mirrors mirrors;

    @BeforeAll
    static void start() throws Exception {
        mirrors = new Mirrors();
    }

    @AfterAll
    static void stop() throws Exception {
        mirrors.close();
    }

    @BeforeEach
    void clear() throws Exception {
        mirrors.clear();
        load(write(10, 1), write(11, 2));
    }

    @Test
    void theOldTableIsSeenUntilTheLastLaneHasEnded() throws Exception {
        load(begin(FIRST), write(FIRST, 1));
        load(end(FIRST, 2, 3));
        load(end(FIRST, 2, 3), end(FIRST, 0, 3));
        assertThat(rows()).containsOnlyKeys("[1]", "[2]");

        load(end(FIRST, 1, 3));

        assertThat(rows()).containsOnlyKeys("[1]");
        assertThat(mirrors.floor(ITEMS)).isEqualTo(position(FIRST));
    }

    @Test
    void theFloorHoldsWhileASnapshotIsOpen() throws Exception {
        load(line("TruncateEvent", 60, 0, ""), begin(FIRST));

        load(write(50, 3), delete(70, 1));

        assertThat(rows()).isEmpty();
        mirrors.purge(ITEMS);
        assertThat(load(write(50, 4))).isEmpty();
    }

    @Test
    void lanesOfAnotherNumberAreNotCountedAmongThese() throws Exception {
        load(end(FIRST, 0, 2), end(FIRST, 1, 3), end(FIRST, 2, 3));

        assertThat(mirrors.floor(ITEMS)).isEmpty();
        load(end(FIRST, 1, 2));
        assertThat(mirrors.floor(ITEMS)).isEqualTo(position(FIRST));
    }

    @Test
    void whatComesOfAClosedSnapshotDoesNotOpenItAgain() throws Exception {
        load(begin(FIRST), end(FIRST, 0, 2), end(FIRST, 1, 2));

        load(begin(FIRST), end(FIRST, 0, 2), begin(50));

        assertThat(mirrors.told(ITEMS)).isZero();
    }

    @Test
    void aSnapshotThatEndsClosesThoseBeforeItAlone() throws Exception {
        load(begin(FIRST), end(FIRST, 0, 2), begin(SECOND), begin(300));

        load(end(SECOND, 0, 1));

        assertThat(mirrors.told(ITEMS)).isEqualTo(1);
        load(end(FIRST, 0, 1));
        assertThat(mirrors.floor(ITEMS)).isEqualTo(position(SECOND));
    }

    @Test
    void aCancelledSnapshotRaisesNothingAndHoldsNoDeletes() throws Exception {
        load(begin(FIRST), end(FIRST, 0, 2), cancelled(FIRST), delete(150, 1));

        assertThat(mirrors.purge(ITEMS)).isEqualTo(1);
        assertThat(mirrors.floor(ITEMS)).isEmpty();
        assertThat(rows()).containsOnlyKeys("[2]");
    }

    @Test
    void aSnapshotThatWasCancelledBeforeItBeganIsNotOpened() throws Exception {
        load(cancelled(FIRST), delete(150, 1));

        load(begin(FIRST));

        assertThat(mirrors.purge(ITEMS)).isEqualTo(1);
    }

    @Test
    void deletesAboveTheLowestOpenSnapshotAreNotForgotten() throws Exception {
        load(begin(SECOND), begin(FIRST), delete(50, 3), delete(150, 1), delete(250, 2));
        assertThat(mirrors.purge(ITEMS)).isEqualTo(1);

        List<DeadLetter> letters = load(write(FIRST, 1), write(FIRST, 2), write(FIRST, 3));

        assertThat(letters).isEmpty();
        assertThat(rows()).containsOnlyKeys("[3]");
        load(end(FIRST, 0, 1));
        assertThat(mirrors.purge(ITEMS)).isEqualTo(1);
        load(end(SECOND, 0, 1));
        assertThat(mirrors.purge(ITEMS)).isEqualTo(1);
    }

    @Test
    void anEndThatCameBeforeTheBeginHoldsDeletesToo() throws Exception {
        load(end(FIRST, 0, 2), delete(150, 1));

        assertThat(mirrors.purge(ITEMS)).isZero();
    }

    @Test
    void aRowOfASnapshotWhoseDeletesWereForgottenAsksForANewOne() throws Exception {
        load(delete(150, 1));
        mirrors.purge(ITEMS);

        List<DeadLetter> letters = load(begin(FIRST), write(FIRST, 3), end(FIRST, 0, 1));

        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.BELOW_HORIZON);
            assertThat(letter.message()).contains("only a new snapshot of the table brings it");
        });
    }

    @Test
    void aRowThatIsThereStaysThoughItComesBelowTheHorizonTogetherWithTheEnd() throws Exception {
        load(delete(150, 3));
        mirrors.purge(ITEMS);

        List<DeadLetter> letters = load(write(FIRST, 1), end(FIRST, 0, 1));

        assertThat(letters).isEmpty();
        assertThat(rows()).containsOnlyKeys("[1]");
    }

    @Test
    void aTruncationClosesTheSnapshotsBeforeIt() throws Exception {
        load(begin(FIRST), begin(SECOND));

        load(line("TruncateEvent", 150, 0, ""));

        assertThat(mirrors.told(ITEMS)).isEqualTo(1);
    }

    @Test
    void theEndThatFloe01WroteIsThatOfAllLanes() throws Exception {
        load(line("SnapshotEvent", FIRST, 0, ""));

        assertThat(rows()).isEmpty();
    }

    @Test
    void itIsSaidHowManySnapshotsAreOpen() throws Exception {
        assertThat(mirrors.open(ITEMS)).isZero();

        load(begin(FIRST), end(FIRST, 0, 2), begin(SECOND), cancelled(SECOND), end(300, 1, 2));

        assertThat(mirrors.open(ITEMS)).isEqualTo(2);
    }

    @Test
    void aSchemaThatAnEarlierFloeSetUpKeepsItsFloorAndHorizon() throws Exception {
        load(delete(50, 1), line("TruncateEvent", 60, 0, ""));
        mirrors.purge(ITEMS);
        for (String column : List.of("SNAPSHOT", "STEP", "LANE", "LANES", "SEEN_AT")) {
            mirrors.execute("ALTER TABLE ITEMS_FLOE DROP COLUMN " + column);
        }

        mirrors.setUp();

        assertThat(mirrors.floor(ITEMS)).isEqualTo(offset(60, 0));
        load(begin(FIRST), write(FIRST, 1), end(FIRST, 0, 1));
        mirrors.setUp();
        assertThat(rows()).containsOnlyKeys("[1]");
        assertThat(mirrors.floor(ITEMS)).isEqualTo(position(FIRST));
    }

    private static Map<String, String> rows() throws Exception {
        return mirrors.rows(ITEMS, ITEM_KEYS);
    }

    private static List<DeadLetter> load(String... lines) throws Exception {
        return mirrors.load(Delivery.file(0, List.of(lines)), 100);
    }

    private static String begin(int snapshot) {
        return told(snapshot, "{\"step\":\"begin\"}");
    }

    private static String end(int snapshot, int lane, int lanes) {
        return told(snapshot, "{\"step\":\"end\",\"lane\":" + lane + ",\"lanes\":" + lanes + "}");
    }

    private static String cancelled(int snapshot) {
        return told(snapshot, "{\"step\":\"cancelled\"}");
    }

    private static String told(int snapshot, String what) {
        return line("SnapshotEvent", snapshot, 9_999_000_001L, "\"snapshot\":" + what + ",");
    }

    private static String write(int offset, int id) {
        boolean ofSnapshot = offset % 100 == 0;
        return line("WriteRowsEvent", offset, ofSnapshot ? 9_999_000_001L : 1, values(id, offset));
    }

    private static String delete(int offset, int id) {
        return line("DeleteRowsEvent", offset, 1, values(id, 0));
    }

    private static String values(int id, int value) {
        return "\"row\":{\"values\":{\"Id\":" + id + ",\"Value\":" + value + "}},";
    }

    private static String line(String type, int offset, long row, String content) {
        return "{\"schema\":\"shop\",\"table\":\"Items\",\"type\":\"" + type + "\"," + content + "\"position\":\""
                + offset(offset, row) + "\"}";
    }

    private static String position(int snapshot) {
        return offset(snapshot, 9_999_000_001L);
    }

    private static String offset(int offset, long row) {
        return String.format("1795367406-0000000003-%012d-%010d", offset, row);
    }
}
