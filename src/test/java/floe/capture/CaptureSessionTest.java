package floe.capture;

import static floe.debezium.Records.definition;
import static floe.debezium.Records.firstHalf;
import static floe.debezium.Records.heartbeat;
import static floe.debezium.Records.lastSnapshotRow;
import static floe.debezium.Records.row;
import static floe.debezium.Records.secondHalf;
import static floe.debezium.Records.sighting;
import static floe.debezium.Records.snapshotDefinition;
import static floe.debezium.Records.snapshotRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.TableId;
import floe.state.CaptureState;
import floe.state.Divergence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class CaptureSessionTest {

    private static final long EPOCH = 1_000;
    private static final long NOW = 2_000;
    private static final TableId PERSONS = new TableId("shop", "Persons");
    private static final TableId ORDERS = new TableId("shop", "Orders");
    private static final String PERSONS_ID = "\"shop\".\"Persons\"";
    private static final String ORDERS_ID = "\"shop\".\"Orders\"";
    private static final String OTHER_ID = "\"shop\".\"Other\"";

    /** Acknowledged up to the third row of the event at 100. */
    private final CaptureState saved = new CaptureState(
            "server", "binlog", EPOCH, at(100, 3).toString(), Map.of("file", "binlog.000003", "pos", 100L));

    private CaptureSession session = sessionFrom(saved);

    @Test
    void rowsCountFromOneAndWholeTablesHaveRowZero() {
        var events =
                accept(row("c", 200, 0), row("u", 200, 1), row("t", 300, 17), definition(400, "ALTER", PERSONS_ID));

        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsExactly(at(200, 1), at(200, 2), at(300, 0), at(400, 0));
    }

    @Test
    void positionsRiseFromFileToFile() {
        var events = accept(row("c", "binlog.000003", 9_000, 0), row("c", "binlog.000004", 4, 0));

        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsExactly(new Position(EPOCH, 3, 9_000, 1), new Position(EPOCH, 4, 4, 1));
    }

    @Test
    void theDeleteHalfOfAKeyChangeWaitsForItsOtherHalf() {
        var before = accept(row("c", 200, 0), firstHalf(300));
        CaptureState between = session.state();

        var after = accept(secondHalf(300));

        assertThat(before).extracting(BinlogEvent::position).containsExactly(at(200, 1));
        assertThat(between.highest()).isEqualTo(at(200, 1));
        assertThat(between.offset()).containsEntry("pos", 200L);
        assertThat(after).extracting(BinlogEvent::position).containsExactly(at(300, 1), at(300, 1));
        assertThat(session.state().offset()).containsEntry("pos", 300L);
    }

    @Test
    void aDeleteHalfAloneInItsBatchLeavesTheStateAsItWas() {
        var events = accept(firstHalf(300));

        assertThat(events).isEmpty();
        assertThat(session.state()).isEqualTo(saved);
    }

    @Test
    void aKeyChangeCutByARestartComesWhole() {
        accept(row("c", 200, 0), firstHalf(300));

        session = sessionFrom(session.state());
        var events = accept(firstHalf(300), secondHalf(300));

        assertThat(events).extracting(BinlogEvent::position).containsExactly(at(300, 1), at(300, 1));
    }

    @Test
    void aDefinitionDeliveredAgainAfterARestartIsAcceptedAtItsPosition() {
        accept(definition(200, "ALTER", PERSONS_ID));

        session = sessionFrom(session.state());
        var events = accept(definition(200, "ALTER", PERSONS_ID), row("c", 300, 0));

        assertThat(events).extracting(BinlogEvent::position).containsExactly(at(200, 0), at(300, 1));
    }

    @Test
    void aDefinitionTellsOfCapturedTablesOnly() {
        var events = accept(
                definition(200, "DROP", "\"audit\".\"log\"", PERSONS_ID), definition(300, "DROP", "\"audit\".\"log\""));

        assertThat(events)
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.type(BinlogEvent.Definition.class))
                .satisfies(definition -> assertThat(definition.tables())
                        .extracting(SourceEvent.Shape::table)
                        .containsExactly(PERSONS));
    }

    @Test
    void definitionsOfOneStatementShareAPosition() {
        var events = accept(definition(200, "DROP", PERSONS_ID), definition(200, "DROP", ORDERS_ID));

        assertThat(events).extracting(BinlogEvent::position).containsExactly(at(200, 0), at(200, 0));
    }

    @Test
    void definitionsOfOtherTablesAreDroppedAndTheOffsetMoves() {
        var events = accept(definition(200, "CREATE", OTHER_ID), definition(300, "ALTER"));

        assertThat(events).isEmpty();
        assertThat(session.state().offset()).containsEntry("pos", 300L);
        assertThat(session.state().highest()).isEqualTo(saved.highest());
    }

    @Test
    void heartbeatsMoveTheOffsetAndMakeNoEvent() {
        var events = accept(heartbeat(500));

        assertThat(events).isEmpty();
        assertThat(session.state().offset()).containsEntry("pos", 500L);
        assertThat(session.state().highest()).isEqualTo(saved.highest());
    }

    @Test
    void aPositionThatGoesBackWithinARunStops() {
        accept(row("c", 300, 0));

        assertThatThrownBy(() -> accept(row("c", 200, 0)))
                .isInstanceOf(UncomparablePositions.class)
                .hasMessageContaining(at(200, 1).toString())
                .hasMessageContaining("binlog_transaction_compression");
    }

    @Test
    void aRowAtThePositionOfAnotherStops() {
        accept(row("c", 300, 0));

        assertThatThrownBy(() -> accept(row("u", 300, 0))).isInstanceOf(UncomparablePositions.class);
    }

    @Test
    void aFirstRecordBelowWhatWasAcknowledgedStartsANewEpoch() {
        var events = accept(row("c", 50, 0), row("c", 60, 0));

        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsExactly(new Position(NOW, 3, 50, 1), new Position(NOW, 3, 60, 1));
        assertThat(session.state().epoch()).isEqualTo(NOW);
    }

    @Test
    void aFirstDefinitionBelowWhatWasAcknowledgedStartsANewEpoch() {
        var events = accept(definition(50, "ALTER", PERSONS_ID));

        assertThat(events).extracting(BinlogEvent::position).containsExactly(new Position(NOW, 3, 50, 0));
    }

    @Test
    void theEpochRisesThoughTheClockWentBack() {
        session = new CaptureSession(saved, Set.of(PERSONS), () -> EPOCH - 500);

        accept(row("c", 50, 0));

        assertThat(session.state().epoch()).isEqualTo(EPOCH + 1);
    }

    @Test
    void aSnapshotStartsANewEpochAndItsRowsHaveRowZero() {
        session = sessionFrom(saved.withoutOffset());

        var events = accept(snapshotDefinition(70, "CREATE", PERSONS_ID), snapshotRow(70), snapshotRow(70));

        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsOnly(new Position(NOW, 3, 70, 0))
                .hasSize(3);
        assertThat(session.isInSnapshot()).isTrue();
    }

    @Test
    void whatASnapshotDropsAtItsStartIsNotDropped() {
        session = sessionFrom(saved.withoutOffset());

        var events = accept(
                snapshotDefinition(70, "DROP", PERSONS_ID),
                snapshotDefinition(70, "CREATE", PERSONS_ID),
                snapshotRow(70));

        assertThat(events).hasSize(2);
    }

    @Test
    void aFinishedSnapshotEndsForEveryTableWhereItBegan() {
        session = sessionFrom(saved.withoutOffset());
        accept(
                snapshotDefinition(70, "CREATE", PERSONS_ID),
                snapshotDefinition(70, "CREATE", ORDERS_ID),
                snapshotRow(70));

        var events = accept(lastSnapshotRow(70));

        assertThat(events).hasSize(3);
        assertThat(ends(events)).containsExactlyInAnyOrder(PERSONS, ORDERS);
        assertThat(events).extracting(BinlogEvent::position).containsOnly(new Position(NOW, 3, 70, 0));
        assertThat(session.isInSnapshot()).isFalse();
    }

    @Test
    void aSnapshotWithoutALastRowEndsWithTheFirstRecordAfterIt() {
        session = sessionFrom(saved.withoutOffset());
        accept(snapshotDefinition(70, "CREATE", PERSONS_ID));

        var events = accept(heartbeat(90));

        assertThat(ends(events)).containsExactly(PERSONS);
        assertThat(events).extracting(BinlogEvent::position).containsExactly(new Position(NOW, 3, 70, 0));
    }

    @Test
    void aSnapshotEndsBeforeTheFirstChangeThatFollowsIt() {
        session = sessionFrom(saved.withoutOffset());
        accept(snapshotDefinition(70, "CREATE", PERSONS_ID), snapshotRow(70));

        var events = accept(row("c", 90, 0));

        assertThat(ends(events)).containsExactly(PERSONS);
        assertThat(events)
                .extracting(BinlogEvent::position)
                .containsExactlyInAnyOrder(new Position(NOW, 3, 70, 0), new Position(NOW, 3, 90, 1));
    }

    @Test
    void anUnfinishedSnapshotIsTakenAgainAboveTheFirst() {
        session = sessionFrom(saved.withoutOffset());
        accept(snapshotDefinition(70, "CREATE", PERSONS_ID), snapshotRow(70));
        CaptureState unfinished = session.state();

        session = sessionFrom(unfinished.withoutOffset());
        accept(snapshotDefinition(60, "CREATE", PERSONS_ID), snapshotRow(60));

        assertThat(unfinished.needsSnapshot()).isTrue();
        assertThat(session.state().epoch()).isEqualTo(NOW + 1);
    }

    @Test
    void aSightingLeavesTheOffsetAndMakesNoEvent() {
        var events = accept(sighting(unseenAt(300)), firstHalf(300));

        assertThat(events).isEmpty();
        assertThat(session.state().offset()).isEqualTo(saved.offset());
        assertThat(diverged()).containsExactly(at(300, 0).toString());
    }

    @Test
    void aSightingAloneIsKept() {
        accept(sighting(unseenAt(300)));

        assertThat(diverged()).containsExactly(at(300, 0).toString());
        assertThat(session.state().position()).isEqualTo(saved.position());
    }

    @Test
    void aFinishedSnapshotClearsWhatWasSeenBeforeItOnly() {
        accept(sighting(unseenAt(60)));
        session = sessionFrom(session.state().withoutOffset());
        accept(snapshotDefinition(70, "CREATE", PERSONS_ID), snapshotRow(70));
        List<String> meanwhile = diverged();

        accept(sighting(unseenAt(90)), heartbeat(100));

        assertThat(meanwhile).containsExactly(at(60, 0).toString());
        assertThat(diverged()).containsExactly(new Position(NOW, 3, 90, 0).toString());
    }

    @Test
    void aSightingThatOvertookTheWholeSnapshotIsNotClearedByIt() {
        session = sessionFrom(CaptureState.initial("server", "binlog"));

        accept(sighting(unseenAt(90)));
        accept(snapshotDefinition(70, "CREATE", PERSONS_ID), snapshotRow(70), lastSnapshotRow(70));

        assertThat(diverged()).containsExactly(new Position(NOW, 3, 90, 0).toString());
    }

    @Test
    void aSnapshotClearsTheTablesThatItCoveredOnly() {
        accept(sighting(unseenAt(60)));
        session = sessionFrom(session.state().withoutOffset());

        accept(snapshotDefinition(70, "CREATE", ORDERS_ID), snapshotRow(70), lastSnapshotRow(70));

        assertThat(diverged()).containsExactly(at(60, 0).toString());
    }

    @Test
    void onAnotherServerTheTransactionIsReadAgainWhole() {
        CaptureState state = new CaptureState(
                "server",
                "binlog",
                EPOCH,
                at(100, 3).toString(),
                Map.of("file", "binlog.000003", "pos", 90L, "gtids", "server:1-7", "event", 2L, "row", 3L));

        CaptureState moved = state.onServer("other", "mysql-bin");

        assertThat(moved.offset()).containsOnlyKeys("file", "pos", "gtids");
        assertThat(moved.server()).isEqualTo("other");
        assertThat(moved.highest()).isEqualTo(at(100, 3));
    }

    private static CaptureSession sessionFrom(CaptureState state) {
        return new CaptureSession(state, Set.of(PERSONS, ORDERS), () -> NOW);
    }

    private List<BinlogEvent> accept(SourceEvent... batch) {
        return session.accept(List.of(batch));
    }

    private static List<TableId> ends(List<BinlogEvent> events) {
        return events.stream()
                .filter(BinlogEvent.SnapshotEnd.class::isInstance)
                .map(end -> ((BinlogEvent.SnapshotEnd) end).table())
                .toList();
    }

    private static Sighting unseenAt(long offset) {
        return new Sighting.Unseen(
                Set.of(PERSONS), "UPDATE " + offset, new BinlogPlace("binlog.000003", offset, null, 0));
    }

    private List<String> diverged() {
        return session.state().diverged().entries().stream()
                .map(Divergence::position)
                .toList();
    }

    private static Position at(long offset, long row) {
        return new Position(EPOCH, 3, offset, row);
    }

    @Test
    void aChangeThatWasOnItsWayWhenTheSnapshotBeganComesAfterIt() {
        accept(snapshotDefinition(70, "CREATE", PERSONS_ID), snapshotRow(70), lastSnapshotRow(70));

        var first = accept(row("c", 50, 0)).get(0);
        var second = accept(row("c", 60, 0)).get(0);

        assertThat(first.position()).isGreaterThan(new Position(first.position().epoch() - 1, 3, 70, 0));
        assertThat(second.position()).isGreaterThan(first.position());
        assertThatThrownBy(() -> accept(row("u", 40, 0))).isInstanceOf(UncomparablePositions.class);
    }

    @Test
    void theSameWhereTheSnapshotHadNoRow() {
        var end = accept(snapshotDefinition(70, "CREATE", PERSONS_ID), row("c", 50, 0));

        var row = end.stream()
                .filter(BinlogEvent.Row.class::isInstance)
                .findFirst()
                .orElseThrow();
        var floor = end.stream()
                .filter(BinlogEvent.SnapshotEnd.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(row.position()).isGreaterThan(floor.position());
    }
}
