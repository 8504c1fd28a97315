package floe.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.Position;
import floe.change.SnapshotChange;
import floe.change.SnapshotMark;
import floe.change.TableId;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableBatchTest {

    private static final TableId PERSONS = new TableId("CDC_schema", "Persons");
    private static final Position BEGAN = new Position(1, 2, 3, 9_999_000_001L);
    private static final String TOLD = "\"snapshots\":[{\"position\":\"" + BEGAN
            + "\",\"step\":\"end\",\"lane\":1,\"lanes\":2," + "\"at\":\"2026-11-22 17:10:06.001Z\"}]";
    private static final String FLOOR =
            "\"floor\":\"" + new Position(1, 1, 1, 0) + "\",\"floor_at\":\"2026-11-22 17:10:06.199Z\",";

    private final TableBatch batch = new TableBatch(
            SnowflakeName.parse("D.S.PERSONS"),
            new Origin(PERSONS, 0),
            new StagedFile("staging/", "a.gz", Instant.EPOCH),
            new Floor(new Position(1, 1, 1, 0), 1_795_367_406_199L),
            List.of(new SnapshotChange(PERSONS, SnapshotMark.end(1, 2), BEGAN, 1_795_367_406_001L)),
            List.of(new TableBatch.Item(new StagedLine(7, "{}", null), "{\"position\":\"8\"}")),
            new UnfitRows(5));

    @Test
    void aBatchTellsOfSnapshots() {
        assertThat(json(batch))
                .isEqualTo(
                        "{" + FLOOR + TOLD + ",\"most_unfit\":5,\"deletes\":false,\"changes\":[{\"position\":\"8\"}]}");
    }

    @Test
    void aBatchWithADeleteDoesNotSayThatItHasNone() {
        var delete = new TableBatch.Item(new StagedLine(8, "{}", null), "{\"position\":\"9\"}", true, 0, null);
        TableBatch one = new TableBatch(
                batch.table(),
                batch.origin(),
                batch.file(),
                null,
                List.of(),
                List.of(batch.changes().get(0), delete),
                new UnfitRows(5));

        assertThat(json(one)).isEqualTo("{\"most_unfit\":5,\"changes\":[{\"position\":\"8\"},{\"position\":\"9\"}]}");
    }

    @Test
    void whereItIsHalvedASnapshotEndsBehindItsRows() {
        List<Call> halves = batch.halves();

        assertThat(halves)
                .extracting(TableBatchTest::json)
                .containsExactly(
                        "{" + FLOOR + "\"most_unfit\":5,\"deletes\":false,\"changes\":[{\"position\":\"8\"}]}",
                        "{" + TOLD + ",\"most_unfit\":5,\"deletes\":false,\"changes\":[]}");
        assertThat(halves.get(1).halves()).isEmpty();
    }

    @Test
    void aProcedureThatKnowsNoSnapshotsMustBeSetUpAgain() {
        String ofEarlierFloe = "{\"changes\":1,\"refused\":[]}";

        assertThatThrownBy(() -> batch.leftOut(ofEarlierFloe))
                .isInstanceOf(TableUnready.class)
                .hasMessageContaining("floe setup");
        assertThat(batch.halves().get(0).leftOut(ofEarlierFloe)).isEmpty();
    }

    private static String json(Call call) {
        return call.parameters().get("batch").toString();
    }
}
