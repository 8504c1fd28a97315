package floe.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import floe.binlog.BinlogBytes;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.Sighting;
import floe.binlog.TableLayout;
import floe.capture.Batch;
import floe.capture.Batches;
import floe.capture.BinlogEvent;
import floe.capture.SourceEvent;
import floe.change.ChangeType;
import floe.change.Position;
import floe.change.TableId;
import floe.kinesis.Lines;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private static final Position AT = new Position(1, 3, 4, 1);

    /** A key of a number and a text, and a number that may be NULL. */
    private static final TableLayout LINES = new TableLayout(
            new TableId("shop", "lines"),
            List.of(
                    ColumnLayout.of("n", MySqlType.INT),
                    new ColumnLayout("code", MySqlType.VARCHAR, false, 20, 0, "utf8mb4", List.of()),
                    ColumnLayout.of("amount", MySqlType.INT)),
            1,
            0);

    private final EventEncoder encoder = new EventEncoder(3);

    @Test
    void aRowIsWrittenByTheVersionItHas() {
        assertThat(written(insert("Persons", "id", 1))).contains("{\"values\":{\"id\":1}}");
        assertThat(written(insert("Persons", "number", 2))).contains("{\"values\":{\"number\":2}}");
        assertThat(written(insert("Cities", "id", 3))).contains("\"Cities\"", "{\"values\":{\"id\":3}}");
    }

    /** Each start of the engine makes a version of each table anew, and it may start every minute for days. */
    @Test
    void nothingIsKeptOfAVersionThatIsNoMore() {
        BinlogEvent old = insert("Persons", "id", 1);
        WeakReference<TableLayout> version = new WeakReference<>(((SourceEvent.Rows) old.event()).table());
        written(old);
        old = insert("Persons", "id", 2);
        written(old);

        await().untilAsserted(() -> {
            System.gc();
            assertThat(version.get()).isNull();
        });
    }

    @Test
    void theRowsOfOneEventAreCountedOnFromItsPosition() {
        Batch batch = Batches.of(List.of(event(ChangeType.WRITE, row(1, "a", 5), row(2, "b", null))));

        List<String> lines = text(encoder.encode(batch));

        assertThat(lines)
                .containsExactly(
                        line(
                                "WriteRowsEvent",
                                "\"values\":{\"n\":1,\"code\":\"a\",\"amount\":5}",
                                "0000000001-0000000003-000000000004-0000000001"),
                        line(
                                "WriteRowsEvent",
                                "\"values\":{\"n\":2,\"code\":\"b\",\"amount\":null}",
                                "0000000001-0000000003-000000000004-0000000002"));
        assertThat(Batches.rows(batch)).isEqualTo(2);
    }

    @Test
    void anUpdateHasBothImages() {
        assertThat(written(event(ChangeType.UPDATE, row(1, "a", 5), row(1, "a", 6))))
                .isEqualTo(line(
                        "UpdateRowsEvent",
                        "\"before_values\":{\"n\":1,\"code\":\"a\",\"amount\":5},"
                                + "\"after_values\":{\"n\":1,\"code\":\"a\",\"amount\":6}",
                        AT.toString()));
    }

    @Test
    void anUpdateOfTheKeyIsADeleteAndAWriteAtOnePosition() {
        Batch batch = Batches.of(List.of(event(ChangeType.UPDATE, row(1, "a", 5), row(1, "b", 5))));

        Lines lines = encoder.encode(batch);

        assertThat(text(lines))
                .containsExactly(
                        line("DeleteRowsEvent", "\"values\":{\"n\":1,\"code\":\"a\",\"amount\":5}", AT.toString()),
                        line("WriteRowsEvent", "\"values\":{\"n\":1,\"code\":\"b\",\"amount\":5}", AT.toString()));
        assertThat(Batches.rows(batch)).isEqualTo(1);
    }

    @Test
    void theLinesOfAnUpdateOfTheKeyStayWithThoseOfTheirOwnKeys() {
        Lines moved = encoder.encode(Batches.of(List.of(event(ChangeType.UPDATE, row(1, "a", 5), row(1, "b", 5)))));
        Lines alone = encoder.encode(Batches.of(List.of(event(ChangeType.WRITE, row(1, "a", 7), row(1, "b", 8)))));

        assertThat(moved.keyHash(0)).isEqualTo(alone.keyHash(0)).isNotEqualTo(moved.keyHash(1));
        assertThat(moved.keyHash(1)).isEqualTo(alone.keyHash(1));
    }

    @Test
    void aRowIsTheSameOfASnapshotAsOfTheBinlog() {
        Position began = new Position(1, 3, 4, 0);
        byte[][] cells = {"1".getBytes(UTF_8), "a".getBytes(UTF_8), null};
        BinlogEvent read = new BinlogEvent(
                new SourceEvent.Reads(LINES, List.<byte[][]>of(cells), Changes.origin(began, null)),
                Changes.SERVER,
                began);

        Lines snapshot = encoder.encode(Batches.of(List.of(read)));
        Lines binlog = encoder.encode(Batches.of(List.of(event(ChangeType.WRITE, row(1, "a", null)))));

        assertThat(text(snapshot).get(0))
                .isEqualTo(text(binlog)
                        .get(0)
                        .replace(AT.toString(), began.toString())
                        .replace("\"gtid\":\"" + Changes.SERVER + ":17\",", "")
                        .replace("\"snapshot\":false", "\"snapshot\":true"));
        assertThat(snapshot.keyHash(0)).isEqualTo(binlog.keyHash(0));
    }

    @Test
    void aSnapshotEndsOnEachLaneAndBeginsOnOne() {
        Position began = new Position(1, 3, 4, 9_999_000_001L);
        List<TableId> tables = List.of(new TableId("shop", "a"), new TableId("shop", "b"));

        Lines begin =
                encoder.encode(snapshot(new SourceEvent.SnapshotBegin(tables, Changes.origin(began, null)), began));
        Lines end = encoder.encode(snapshot(new SourceEvent.SnapshotEnd(tables, Changes.origin(began, null)), began));
        Lines cancelled =
                encoder.encode(snapshot(new SourceEvent.SnapshotCancelled(tables, Changes.origin(began, null)), began));

        assertThat(told(begin)).containsExactly("a {\"step\":\"begin\"}", "b {\"step\":\"begin\"}");
        assertThat(told(cancelled)).containsExactly("a {\"step\":\"cancelled\"}", "b {\"step\":\"cancelled\"}");
        assertThat(told(end))
                .containsExactly(
                        "a {\"step\":\"end\",\"lane\":0,\"lanes\":3}",
                        "a {\"step\":\"end\",\"lane\":1,\"lanes\":3}",
                        "a {\"step\":\"end\",\"lane\":2,\"lanes\":3}",
                        "b {\"step\":\"end\",\"lane\":0,\"lanes\":3}",
                        "b {\"step\":\"end\",\"lane\":1,\"lanes\":3}",
                        "b {\"step\":\"end\",\"lane\":2,\"lanes\":3}");
        assertThat(IntStream.range(0, 6).map(end::keyHash)).containsExactly(0, 1, 2, 0, 1, 2);
    }

    private static Batch snapshot(SourceEvent.Located event, Position at) {
        return Batches.of(List.of(new BinlogEvent(event, Changes.SERVER, at)));
    }

    private static List<String> told(Lines lines) {
        return text(lines).stream()
                .map(line -> line.replaceAll(
                        ".*\"table\":\"(.)\",\"type\":\"SnapshotEvent\",\"snapshot\":(\\{[^}]*}).*", "$1 $2"))
                .toList();
    }

    @Test
    void aCellThatCannotBeReadSetsItsTableAsideAndLeavesWholeLines() {
        byte[] unreadable =
                new BinlogBytes().raw(0).little(2, 4).raw(9).text("b").all();
        Batch batch = Batches.of(List.of(
                insert("Persons", "id", 1),
                event(ChangeType.WRITE, row(1, "a", 5), unreadable),
                insert("Persons", "id", 2)));

        Lines lines = encoder.encode(batch);

        assertThat(text(lines))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}}"));
        assertThat(text(lines).get(1)).contains("\"n\":1");
        assertThat(text(lines).get(2)).contains("{\"id\":2}");
        assertThat(Batches.unreadable(batch))
                .singleElement()
                .asInstanceOf(type(Sighting.Unseen.class))
                .satisfies(unseen -> {
                    assertThat(unseen.tables()).containsExactly(LINES.id());
                    assertThat(unseen.what()).startsWith("its rows cannot be read: ");
                    assertThat(unseen.at().position(1)).isEqualTo(new Position(1, 3, 4, 0));
                });
    }

    /** The beginning of a long line is among the lines already when its end turns out to be unreadable. */
    @Test
    void nothingIsLeftOfALongLineThatCannotBeReadToItsEnd() {
        TableLayout notes = new TableLayout(
                new TableId("shop", "notes"),
                List.of(
                        new ColumnLayout("note", MySqlType.TEXT, false, 4, 0, "utf8mb4", List.of()),
                        ColumnLayout.of("id", MySqlType.INT)),
                1);
        BinlogBytes cut = new BinlogBytes()
                .raw(0)
                .little(100_000, 4)
                .text("x".repeat(100_000))
                .raw(1);
        Batch batch =
                Batches.of(List.of(Changes.of(notes, ChangeType.WRITE, cut.images(), AT), insert("Persons", "id", 2)));

        assertThat(text(encoder.encode(batch))).singleElement().asString().startsWith("{\"schema\":\"CDC_schema\"");
    }

    @Test
    void aTableWithAColumnThatCannotBeReadSetsThatTableAside() {
        TableLayout odd = new TableLayout(
                new TableId("shop", "odd"),
                List.of(new ColumnLayout("code", MySqlType.VARCHAR, false, 20, 0, "klingon", List.of())),
                0);
        Batch batch = Batches.of(List.of(
                Changes.of(
                        odd,
                        ChangeType.WRITE,
                        new BinlogBytes().raw(0).lengthAndText("secret").images(),
                        AT),
                insert("Persons", "id", 2)));

        Lines lines = encoder.encode(batch);

        assertThat(text(lines)).singleElement().asString().contains("{\"id\":2}");
        assertThat(Batches.unreadable(batch))
                .singleElement()
                .asInstanceOf(type(Sighting.Unseen.class))
                .satisfies(unseen -> {
                    assertThat(unseen.tables()).containsExactly(odd.id());
                    assertThat(unseen.what()).contains("code").doesNotContain("secret");
                });
    }

    private String written(BinlogEvent event) {
        List<String> lines = text(encoder.encode(Batches.of(List.of(event))));
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static List<String> text(Lines lines) {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < lines.count(); i++) {
            String line = new String(lines.bytes(), lines.start(i), lines.length(i), UTF_8);
            assertThat(line).endsWith("\n");
            text.add(line.substring(0, line.length() - 1));
        }
        return text;
    }

    private static String line(String type, String row, String position) {
        return "{\"schema\":\"shop\",\"table\":\"lines\",\"type\":\"" + type + "\",\"row\":{" + row
                + "},\"key\":[\"code\",\"n\"],\"position\":\"" + position + "\",\"source\":{\"server\":\""
                + Changes.SERVER + "\",\"gtid\":\"" + Changes.SERVER
                + ":17\",\"ts_ms\":1795367406199,\"snapshot\":false}}";
    }

    private static BinlogEvent event(ChangeType type, byte[]... images) {
        BinlogBytes rows = new BinlogBytes();
        for (byte[] image : images) {
            rows.raw(image);
        }
        return Changes.of(LINES, type, rows.images(), AT);
    }

    private static byte[] row(int n, String code, Integer amount) {
        BinlogBytes row =
                new BinlogBytes().raw(amount == null ? 0b100 : 0).little(n, 4).lengthAndText(code);
        return (amount == null ? row : row.little(amount, 4)).all();
    }

    private static BinlogEvent insert(String table, String column, int value) {
        TableLayout version =
                new TableLayout(new TableId("CDC_schema", table), List.of(ColumnLayout.of(column, MySqlType.INT)), 0);
        return Changes.of(
                version,
                ChangeType.WRITE,
                new BinlogBytes().raw(0).little(value, 4).images(),
                AT);
    }
}
