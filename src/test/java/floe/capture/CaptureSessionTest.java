package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.BinlogPlace;
import floe.binlog.RowImages;
import floe.binlog.Sighting;
import floe.change.ChangeType;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import floe.state.CaptureState;
import floe.state.Divergence;
import floe.state.TableSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaptureSessionTest {

    private static final long EPOCH = 1_000;
    private static final long NOW = 2_000;
    private static final TableId PERSONS = new TableId("shop", "Persons");
    private static final TableId ORDERS = new TableId("shop", "Orders");

    /** Acknowledged up to the third row of the event at 100. */
    private final CaptureState saved = new CaptureState(
                    "server",
                    "binlog",
                    EPOCH,
                    new Position(EPOCH, 3, 100, 3).toString(),
                    Map.of("file", "binlog.000003", "pos", 110L))
            .capturing(Set.of(PERSONS, ORDERS), Set.of(), Instant.EPOCH);

    private CaptureSession session = sessionFrom(saved);

    @Test
    void everyReadingHasAnEpochAboveTheSavedOne() {
        assertThat(session.state().epoch()).isEqualTo(NOW);
        assertThat(sessionFrom(session.state()).state().epoch()).isEqualTo(NOW + 1);
    }

    @Test
    void theEpochRisesThoughTheClockWentBack() {
        session = new CaptureSession(saved, () -> EPOCH - 500);

        assertThat(session.state().epoch()).isEqualTo(EPOCH + 1);
    }

    @Test
    void anEventHasThePositionOfItsPlaceAndTheServerThatItCameFrom() {
        var events = accept(rows(200, 1), rows(200, 3), truncation(300), shape(400, PERSONS));

        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsExactly(at(200, 1), at(200, 3), at(300, 0), at(400, 0));
        assertThat(events).extracting(BinlogEvent::server).containsOnly("server");
    }

    @Test
    void positionsRiseFromFileToFile() {
        var events = accept(rows("binlog.000003", 9_000, 1), rows("binlog.000004", 4, 1));

        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsExactly(new Position(NOW, 3, 9_000, 1), new Position(NOW, 4, 4, 1));
    }

    @Test
    void whatIsReadAgainCountsAsNewerThanWhatWasReadBefore() {
        accept(rows(200, 1), shape(300, PERSONS), progress(400));

        session = sessionFrom(session.state());
        var events = accept(rows(50, 1), shape(300, PERSONS));

        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsExactly(new Position(NOW + 1, 3, 50, 1), new Position(NOW + 1, 3, 300, 0));
    }

    @Test
    void aPositionThatGoesBackWithinAReadingStops() {
        accept(rows(300, 1));

        assertThatThrownBy(() -> accept(rows(200, 1)))
                .isInstanceOf(UncomparablePositions.class)
                .hasMessageContaining(at(200, 1).toString())
                .hasMessageContaining(at(300, 1).toString());
    }

    @Test
    void aRowAtThePositionOfAnotherStops() {
        accept(rows(300, 1));

        assertThatThrownBy(() -> accept(rows(300, 1))).isInstanceOf(UncomparablePositions.class);
    }

    @Test
    void aTruncationAtThePositionOfAnotherStops() {
        accept(truncation(300));

        assertThatThrownBy(() -> accept(truncation(300))).isInstanceOf(UncomparablePositions.class);
    }

    @Test
    void shapesThatOneStatementLeftShareAPosition() {
        var events = accept(shape(200, PERSONS), shape(200, ORDERS));

        assertThat(events).extracting(BinlogEvent::position).containsExactly(at(200, 0), at(200, 0));
    }

    @Test
    void eventsAloneLeaveTheStateAsItWas() {
        CaptureState before = session.state();

        accept(rows(200, 1), shape(300, PERSONS));

        assertThat(session.state()).isEqualTo(before);
    }

    @Test
    void aProgressMovesTheStateToTheEventBeforeItAndToItsOffset() {
        accept(rows(200, 1), progress(300), rows(300, 1));

        assertThat(session.state().highest()).isEqualTo(at(200, 1));
        assertThat(session.state().offset()).containsEntry("pos", 300L);
    }

    @Test
    void aProgressWithoutAnEventMovesTheOffsetAlone() {
        var events = accept(progress(500));

        assertThat(events).isEmpty();
        assertThat(session.state().offset()).containsEntry("pos", 500L);
        assertThat(session.state().highest()).isEqualTo(saved.highest());
    }

    @Test
    void aSightingCountsWithTheProgressAfterIt() {
        accept(rows(200, 1), progress(250), unseen(300), rows(310, 1));
        List<String> before = diverged();

        accept(progress(400));

        assertThat(before).isEmpty();
        assertThat(diverged()).containsExactly(at(300, 0).toString());
    }

    @Test
    void aSightingMakesNoEvent() {
        assertThat(accept(unseen(300), progress(400))).isEmpty();
        assertThat(session.state().position()).isEqualTo(saved.position());
    }

    @Test
    void aSightingWithoutAProgressIsForgottenWithTheReadingAndSeenAgain() {
        accept(progress(250), unseen(300));

        session = sessionFrom(session.state());
        accept(unseen(300), progress(400));

        assertThat(diverged()).containsExactly(new Position(NOW + 1, 3, 300, 0).toString());
    }

    @Test
    void theFirstSnapshotsStandBelowAllThatIsReadOfTheBinlog() {
        session = sessionFrom(saved.anew("server", "binlog"));

        session.beginFirst(List.of(PERSONS), "binlog.000003", "server:1-7", place(300));

        TableSnapshot first = session.state().snapshots().get(0);
        assertThat(first.began()).isEqualTo(new Position(NOW, 3, 4, 0));
        assertThat(first.gtids()).isEqualTo("server:1-7");
        assertThat(session.state().isNew()).isFalse();
        assertThat(accept(rows(50, 1)).get(0).position()).isGreaterThan(first.began());
    }

    @Test
    void aSnapshotStandsAboveAllThatWasReadAndBelowAllThatComes() {
        Position before = accept(rows(50, 1), progress(60)).get(0).position();

        session.begin(List.of(PERSONS), Instant.EPOCH);
        TableSnapshot one = session.state().snapshots().get(0);
        session.begin(List.of(PERSONS), Instant.EPOCH);
        TableSnapshot other = session.state().snapshots().get(0);
        Position after = accept(rows(70, 1)).get(0).position();

        assertThat(before).isLessThan(one.began());
        assertThat(one.began()).isLessThan(other.began());
        assertThat(other.began()).isLessThan(after);
        assertThat(session.state().snapshots()).containsExactly(other);
    }

    @Test
    void aSnapshotGoesOnAfterARestartWhereItWas() {
        accept(rows(50, 1), progress(60));
        session.begin(List.of(PERSONS), Instant.EPOCH);
        CaptureState unfinished = session.state();

        session = sessionFrom(unfinished);

        assertThat(session.state().snapshots()).isEqualTo(unfinished.snapshots());
        assertThat(session.begun()).singleElement().satisfies(told -> {
            assertThat(told.event()).isInstanceOf(SourceEvent.SnapshotBegin.class);
            assertThat(told.position()).isEqualTo(unfinished.snapshots().get(0).began());
        });
        assertThat(accept(rows(60, 1)).get(0).position())
                .isGreaterThan(unfinished.snapshots().get(0).began());
    }

    @Test
    void aSnapshotsEndClearsWhatWasSeenBeforeItBeganOnly() {
        accept(unseen(60), progress(65));
        List<String> before = diverged();
        session.begin(List.of(PERSONS), Instant.EPOCH);
        TableSnapshot snapshot = session.state().snapshots().get(0);

        accept(unseen(90), progress(95));
        BinlogEvent end = session.end(snapshot);

        assertThat(before).containsExactly(at(60, 0).toString());
        assertThat(diverged()).containsExactly(at(90, 0).toString());
        assertThat(end.position()).isEqualTo(snapshot.began());
        assertThat(session.state().snapshots()).isEmpty();
    }

    @Test
    void aSnapshotsEndClearsTheTablesThatItCoveredOnly() {
        accept(unseen(60), progress(65));
        session.begin(List.of(ORDERS), Instant.EPOCH);

        session.end(session.state().snapshots().get(0));

        assertThat(diverged()).containsExactly(at(60, 0).toString());
    }

    @Test
    void aSnapshotThatIsGivenUpClearsNothing() {
        accept(unseen(60), progress(65));
        session.begin(List.of(PERSONS), Instant.EPOCH);

        session.cancel(session.state().snapshots().get(0));

        assertThat(diverged()).containsExactly(at(60, 0).toString());
        assertThat(session.state().snapshots()).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenSetsItsTableAside() {
        CaptureState after =
                CaptureSession.setAside(session.state(), List.of(unseen(300).sighting()));

        assertThat(after.diverged().entries())
                .containsExactly(
                        new Divergence(PERSONS, "UPDATE", at(300, 0).toString(), null, "1970-01-01T00:00:00Z"));
        assertThat(after.withDiverged(saved.diverged())).isEqualTo(session.state());
    }

    @Test
    void whichTablesAreCapturedIsSavedWithThePlaceThatAllOfItWasReadTo() {
        TableId made = new TableId("shop", "Made");

        accept(seen(new Sighting.Arrived(made, null, place(300))), seen(new Sighting.Left(PERSONS, place(310))));
        boolean before = session.captures(PERSONS) && !session.captures(made);
        accept(progress(400));

        assertThat(before).isTrue();
        assertThat(session.state().captured().tables()).containsExactly(made, ORDERS);
        accept(seen(new Sighting.SetAside(ORDERS, "no key", place(410))), progress(500));
        assertThat(session.state().captured().tables()).containsExactly(made);
    }

    private static SourceEvent seen(Sighting sighting) {
        return new SourceEvent.Seen(sighting);
    }

    @Test
    void onAnotherServerReadingBeginsWithTheFileThatGoesOn() {
        CaptureState state = new CaptureState(
                "server",
                "binlog",
                EPOCH,
                at(100, 3).toString(),
                Map.of("file", "binlog.000003", "pos", 90L, "gtids", "server:1-7", "event", 2L, "row", 3L));

        BinlogPlace end = new BinlogPlace("mysql-bin.000008", 200, null, 0);
        CaptureState moved = state.onServer("other", "mysql-bin", "mysql-bin.000007", end);

        assertThat(moved.offset())
                .containsEntry("file", "mysql-bin.000007")
                .containsEntry("pos", 4L)
                .containsEntry("gtids", "server:1-7");
        assertThat(moved.server()).isEqualTo("other");
        assertThat(moved.highest()).isEqualTo(at(100, 3));
    }

    /** Else a restart would take them for those of a binlog that was begun anew. */
    @Test
    void whatWasReadElsewhereMayComeAgainUntilWhereTheBinlogEnded() {
        session = sessionFrom(saved.anew("server", "binlog"));
        session.beginFirst(List.of(PERSONS), "binlog.000003", "server:1-7", place(300));
        boolean first = session.state().isAhead();

        accept(progress(299));
        boolean before = sessionFrom(session.state()).state().isAhead();
        accept(progress(300));

        assertThat(first).isTrue();
        assertThat(before).isTrue();
        assertThat(session.state().isAhead()).isFalse();
        assertThat(session.state().offset()).doesNotContainKeys("ahead_file", "ahead_pos");
    }

    private static BinlogPlace place(long offset) {
        return new BinlogPlace("binlog.000003", offset, null, 0);
    }

    private static CaptureSession sessionFrom(CaptureState state) {
        return new CaptureSession(state, () -> NOW);
    }

    private List<BinlogEvent> accept(SourceEvent... batch) {
        return session.accept(List.of(batch));
    }

    private static SourceEvent rows(long offset, long row) {
        return rows("binlog.000003", offset, row);
    }

    private static SourceEvent rows(String file, long offset, long row) {
        return new SourceEvent.Rows(
                null,
                ChangeType.WRITE,
                new RowImages(new byte[0], 0, 0),
                new Origin(file, offset, row, "g:1", 1, false));
    }

    private static SourceEvent truncation(long offset) {
        return new SourceEvent.Truncation(PERSONS, whole(offset, false));
    }

    private static SourceEvent shape(long offset, TableId table) {
        return new SourceEvent.Shape(table, new TableShape(List.of(), List.of()), whole(offset, false));
    }

    private static Origin whole(long offset, boolean snapshot) {
        return new Origin("binlog.000003", offset, 0, null, 1, snapshot);
    }

    private static SourceEvent progress(long offset) {
        return new SourceEvent.Progress(Map.of("file", "binlog.000003", "pos", offset), OptionalLong.empty());
    }

    private static SourceEvent.Seen unseen(long offset) {
        return new SourceEvent.Seen(
                new Sighting.Unseen(Set.of(PERSONS), "UPDATE", new BinlogPlace("binlog.000003", offset, null, 0)));
    }

    private List<String> diverged() {
        return session.state().diverged().entries().stream()
                .map(Divergence::position)
                .toList();
    }

    private static Position at(long offset, long row) {
        return new Position(NOW, 3, offset, row);
    }
}
