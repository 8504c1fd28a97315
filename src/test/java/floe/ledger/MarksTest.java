package floe.ledger;

import static floe.ledger.Marked.ITEMS;
import static floe.ledger.Marked.ORDERS;
import static floe.ledger.Marked.heartbeat;
import static floe.ledger.Marked.mark;
import static floe.ledger.Marked.position;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.RecordMark;
import floe.change.StoredMarks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarksTest {

    private static final Instant BEGUN = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant NOON = BEGUN.plus(Duration.ofHours(12));

    private Marks marks = new Marks(BEGUN.toEpochMilli());

    @AfterEach
    void readBackAllIsTheSame() throws IOException {
        Marks readBack = MarksJson.read(MarksJson.write(marks));
        assertThat(MarksJson.write(readBack)).isEqualTo(MarksJson.write(marks));
        assertThat(Gaps.of(readBack)).isEqualTo(Gaps.of(marks));
    }

    @Test
    void nothingIsMissingAboveTheNewestHeartbeat() {
        add(mark("a", 0, 1), heartbeat("a", 0, 2, NOON), mark("a", 0, 9));

        assertThat(Gaps.of(marks)).isEmpty();
    }

    @Test
    void whatAHeartbeatAcknowledgedIsMissing() {
        add(mark("a", 0, 1), heartbeat("a", 0, 2, NOON), mark("a", 0, 4));

        add(heartbeat("a", 0, 9, NOON.plusSeconds(60)), heartbeat("a", 0, 10, NOON.plusSeconds(120)));

        assertThat(Gaps.of(marks))
                .containsExactly(
                        new Gap(
                                "a",
                                0,
                                3,
                                3,
                                new Moment(NOON, position(2)),
                                new Moment(NOON.plusSeconds(60), position(9)),
                                null),
                        new Gap(
                                "a",
                                0,
                                5,
                                8,
                                new Moment(NOON, position(2)),
                                new Moment(NOON.plusSeconds(60), position(9)),
                                null));
    }

    @Test
    void theTableOfTheLastMissingNumberIsKnown() {
        add(mark("a", 0, 1), mark("a", 0, 3), heartbeat("a", 0, 4, NOON, List.of(ORDERS, ITEMS)));

        assertThat(Gaps.of(marks)).singleElement().extracting(Gap::tables).isEqualTo(List.of(ORDERS, ITEMS));
    }

    @Test
    void theTablesBeforeAHeartbeatThatMayBeMissingAreNot() {
        add(mark("a", 0, 1), heartbeat("a", 0, 4, NOON, List.of(ORDERS, ITEMS)));

        assertThat(Gaps.of(marks)).singleElement().extracting(Gap::tables).isNull();
    }

    @Test
    void theNextRunTellsWhatWasStored() {
        add(mark("a", 0, 1), heartbeat("a", 0, 2, NOON), mark("a", 0, 7));
        Instant later = NOON.plusSeconds(300);

        add(heartbeat("b", 0, 1, later, new StoredMarks("a", List.of(5L, 0L, 2L))));

        Moment told = new Moment(later, null);
        assertThat(Gaps.of(marks))
                .containsExactly(
                        new Gap("a", 0, 3, 5, new Moment(NOON, position(2)), told, null),
                        new Gap("a", 2, 1, 2, null, told, null));
    }

    @Test
    void aRunOfWhichNothingArrivedIsMissing() {
        add(mark("a", 0, 1), heartbeat("a", 0, 2, NOON));

        add(heartbeat("c", 0, 1, NOON.plusSeconds(300), new StoredMarks("b", List.of(7L))));

        assertThat(Gaps.of(marks)).singleElement().satisfies(gap -> {
            assertThat(gap.run()).isEqualTo("b");
            assertThat(gap.count()).isEqualTo(7);
        });
    }

    @Test
    void whatArrivedBeforeTheLedgerBeganIsNotMissing() {
        add(mark("a", 0, 100_000), heartbeat("a", 0, 100_010, BEGUN.plusSeconds(60)));
        Instant settled = BEGUN.plus(Marks.SETTLED_IN);

        add(heartbeat("a", 0, 100_020, settled), heartbeat("a", 0, 100_030, settled.plusSeconds(60)));

        assertThat(numbers()).containsExactly("a 0: 100021-100029");
    }

    @Test
    void aLaneIsCountedFromItsFirstHeartbeatOnceAllLoadersHaveALedger() {
        Instant settled = BEGUN.plus(Marks.SETTLED_IN);
        add(heartbeat("a", 0, 100_030, settled.plusSeconds(60)));

        add(heartbeat("a", 0, 100_020, settled));

        assertThat(numbers()).containsExactly("a 0: 100021-100029");
    }

    @Test
    void theRunBeforeTheFirstOneIsNotMissing() {
        add(mark("b", 0, 1), heartbeat("b", 0, 2, NOON, new StoredMarks("a", List.of(5L))));

        assertThat(Gaps.of(marks)).isEmpty();
    }

    @Test
    void aRunThatBeganWhenItsStreamWasKnownIsCountedFromItsFirstNumber() {
        add(heartbeat("a", 0, 100_020, NOON));

        add(heartbeat("b", 1, 3, NOON.plusSeconds(60)));

        assertThat(numbers()).containsExactly("b 1: 1-2");
    }

    @Test
    void whatIsGivenUpIsMissingNoMore() {
        add(mark("a", 0, 1), heartbeat("a", 0, 9, NOON));

        marks.giveUp(Gaps.of(marks).get(0));

        assertThat(Gaps.of(marks)).isEmpty();
    }

    @Test
    void aRunThatIsOverAndCompleteGoes() {
        addCompleteRun();
        long later = NOON.plus(Marks.KEPT).toEpochMilli() + 1;

        marks.forget(later);

        assertThat(marks.runs()).containsOnlyKeys("b");
    }

    @Test
    void aRunStaysAsLongAsThereIsNewsOfIt() {
        addCompleteRun();

        marks.forget(NOON.plus(Marks.KEPT).toEpochMilli());

        assertThat(marks.runs()).containsOnlyKeys("a", "b");
    }

    @Test
    void aRunOfWhichNumbersAreMissingStays() {
        add(mark("a", 0, 1), heartbeat("a", 0, 3, NOON));
        add(heartbeat("b", 0, 1, NOON.plusSeconds(60), new StoredMarks("a", List.of(3L))));

        marks.forget(NOON.plus(Marks.GONE).toEpochMilli());

        assertThat(numbers()).containsExactly("a 0: 2-2");
    }

    @Test
    void aRunThatIsNotOverStays() {
        add(mark("a", 0, 1), heartbeat("a", 0, 2, NOON));

        marks.forget(NOON.plus(Marks.GONE).toEpochMilli());

        assertThat(marks.runs()).containsOnlyKeys("a");
    }

    @Test
    void whatComesAgainOfARunThatIsGoneIsNotMissing() {
        addCompleteRun();
        marks.forget(NOON.plus(Marks.KEPT).toEpochMilli() + 1);

        add(heartbeat("a", 0, 2, NOON));
        Marks other = new Marks(BEGUN.toEpochMilli());
        other.add(heartbeat("a", 0, 2, NOON), NOON.toEpochMilli());
        marks.add(other);

        assertThat(Gaps.of(marks)).isEmpty();
        assertThat(marks.runs()).containsOnlyKeys("b");
    }

    @Test
    void whatAnotherLoaderLetGoGoesHereToo() {
        addCompleteRun();
        Marks other = marks.copy();
        other.forget(NOON.plus(Marks.KEPT).toEpochMilli() + 1);

        marks.add(other);

        assertThat(marks.runs()).containsOnlyKeys("b");
    }

    @Test
    void aRunStaysGoneAsLongAsTheNextOneTellsOfIt() {
        addCompleteRun();
        marks.forget(NOON.plus(Marks.KEPT).toEpochMilli() + 1);
        Instant muchLater = NOON.plus(Marks.GONE.multipliedBy(2));

        marks.forget(muchLater.toEpochMilli());
        add(heartbeat("b", 0, 2, muchLater, new StoredMarks("a", List.of(2L))));

        assertThat(Gaps.of(marks)).isEmpty();
    }

    @Test
    void thatARunIsGoneIsForgottenInTheEnd() {
        add(mark("a", 0, 1));
        marks.forget(NOON.plus(Marks.KEPT).toEpochMilli() + 1);
        assertThat(marks.gone()).containsOnlyKeys("a");

        marks.forget(NOON.plus(Marks.KEPT).plus(Marks.GONE).toEpochMilli() + 2);

        assertThat(marks.isEmpty()).isTrue();
    }

    @Test
    void aStreamStaysKnownWhenItsFirstRunsAreGone() {
        Instant early = BEGUN.plusSeconds(60);
        add(mark("a", 0, 1), heartbeat("a", 0, 2, early));
        add(heartbeat("b", 0, 2, early.plusSeconds(60), new StoredMarks("a", List.of(2L))));
        marks.forget(NOON.plus(Marks.KEPT).toEpochMilli() + 1);
        assertThat(marks.runs()).containsOnlyKeys("b");

        add(heartbeat("d", 0, 1, early.plusSeconds(180), new StoredMarks("c", List.of(4L))));

        assertThat(numbers()).containsExactly("b 0: 1-1", "c 0: 1-4");
    }

    @Test
    void ofVeryManyRunsTheOldestGoEarly() {
        for (int i = 0; i <= Marks.MOST_RUNS; i++) {
            marks.add(mark("run " + i, 0, 1), NOON.plusSeconds(i).toEpochMilli());
        }

        marks.forget(NOON.plusSeconds(3_600).toEpochMilli());

        assertThat(marks.runs()).hasSize(Marks.MOST_RUNS).doesNotContainKey("run 0");
    }

    @Test
    void whatIsGoneIsBoundedToo() {
        for (int i = 0; i <= Marks.MOST_GONE; i++) {
            marks.gone().put("run " + i, NOON.plusSeconds(i).toEpochMilli());
        }

        marks.forget(NOON.plusSeconds(3_600).toEpochMilli());

        assertThat(marks.gone()).hasSize(Marks.MOST_GONE).doesNotContainKey("run 0");
    }

    @Test
    void ofCompleteLanesOnlyTheNewestHeartbeatStays() {
        for (long number = 1; number <= 600; number++) {
            add(heartbeat("a", 0, number, NOON.plusSeconds(60 * number)));
        }

        assertThat(marks.runs().get("a").lanes().get(0).beats()).containsOnlyKeys(600L);
        assertThat(MarksJson.write(marks)).hasSizeLessThan(500);
    }

    /** One that runs until noon, and the next one a minute later. */
    private void addCompleteRun() {
        add(mark("a", 0, 1), heartbeat("a", 0, 2, NOON));
        add(heartbeat("b", 0, 1, NOON.plusSeconds(60), new StoredMarks("a", List.of(2L))));
    }

    /** All at noon. */
    private void add(RecordMark... more) {
        for (RecordMark mark : more) {
            marks.add(mark, NOON.toEpochMilli());
        }
    }

    private List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        for (Gap gap : Gaps.of(marks)) {
            numbers.add(gap.run() + " " + gap.lane() + ": " + gap.from() + "-" + gap.to());
        }
        return numbers;
    }
}
