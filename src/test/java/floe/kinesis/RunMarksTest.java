package floe.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Change;
import floe.change.ChangeReader;
import floe.change.Position;
import floe.change.RecordMark;
import floe.change.StoredMarks;
import floe.change.TableId;
import floe.health.Pulse;
import floe.metrics.CaptureMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import local.kinesis.KinesisServer;
import local.kinesis.StoredRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunMarksTest {

    private static final String STREAM = "changes";
    private static final int LANES = 3;
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final TableId ODD = new TableId("sh\"op", "a,\"type\":\"b\\");
    private static final Position FIRST = Position.ofLine(0, 0, 0);

    private final RunMarks marks = new RunMarks(STREAM, LANES);
    private KinesisServer kinesis;

    @BeforeEach
    void start() throws IOException {
        kinesis = KinesisServer.start();
        kinesis.createStream(STREAM, 2);
    }

    @AfterEach
    void stop() {
        kinesis.close();
    }

    @Test
    void eachTableOfARecordHasOneMarkBeforeItsLinesWhateverItsNameIs() throws Exception {
        Lines lines = new Lines();
        for (int i = 0; i < 300; i++) {
            add(lines, i, i % 2 == 0 ? ORDERS : ODD);
        }

        puts(1_000).put(lines);

        List<StoredRecord> records = kinesis.records(STREAM);
        assertThat(records).hasSizeGreaterThan(LANES);
        for (StoredRecord record : records) {
            List<Change> changes = changes(record);
            List<TableId> marked = changes.stream()
                    .filter(RecordMark.class::isInstance)
                    .map(Change::table)
                    .toList();
            assertThat(marked)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(changes.stream()
                            .filter(change -> !(change instanceof RecordMark))
                            .map(Change::table)
                            .collect(Collectors.toSet()));
            assertThat(changes.subList(0, marked.size())).allMatch(RecordMark.class::isInstance);
        }
    }

    @Test
    void numbersOfALaneAreContiguousFromOneAndEndAtWhatIsStored() throws Exception {
        kinesis.faults().seed(5).failRecords(0.4);
        OrderedPuts puts = puts(500);
        for (int batch = 0; batch < 3; batch++) {
            Lines lines = new Lines();
            for (int i = 0; i < 200; i++) {
                add(lines, i, ORDERS);
            }
            puts.put(lines);
        }

        StoredMarks stored = marks.stored();

        for (int lane = 0; lane < LANES; lane++) {
            int one = lane;
            assertThat(marks().stream()
                            .filter(mark -> mark.lane() == one)
                            .map(RecordMark::number)
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, stored.numbers().get(lane))
                                    .boxed()
                                    .toList());
        }
        assertThat(marks()).extracting(RecordMark::run).containsOnly(stored.run());
    }

    @Test
    void aHeartbeatStandsOnEachLaneBehindAllThatItTellsOf() throws Exception {
        Position position = Position.parse(at());
        Lines lines =
                new Lines(Turn.first().next(), new Beat(ODD, position, new StoredMarks("older", List.of(7L, 0L, 9L))));
        add(lines, 0, ORDERS);
        add(lines, 0, ODD);

        puts(1).put(lines);

        List<RecordMark> beats =
                marks().stream().filter(mark -> mark.heartbeat() != null).toList();
        assertThat(beats).extracting(RecordMark::lane).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(beats).allSatisfy(beat -> {
            assertThat(beat.table()).isEqualTo(ODD);
            assertThat(beat.heartbeat().stream()).isEqualTo(STREAM);
            assertThat(beat.heartbeat().position()).isEqualTo(position);
            assertThat(beat.heartbeat().at())
                    .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
        });
        RecordMark first =
                beats.stream().filter(beat -> beat.lane() == 0).findFirst().orElseThrow();
        assertThat(first.number()).isEqualTo(3);
        assertThat(first.heartbeat().tables()).containsExactlyInAnyOrder(ORDERS, ODD);
        assertThat(first.heartbeat().before()).isEqualTo(new StoredMarks("older", List.of(7L, 0L, 9L)));
        assertThat(beats).filteredOn(beat -> beat.lane() > 0).allSatisfy(beat -> {
            assertThat(beat.heartbeat().tables()).isEmpty();
            assertThat(beat.heartbeat().before()).isNull();
            assertThat(beat.number()).isEqualTo(1);
        });
    }

    @Test
    void aHeartbeatNamesTheTablesSinceTheLastOneAndNoneWhereTheyAreTooMany() throws Exception {
        Beat beat = new Beat(ORDERS, null, null);
        assertThat(heartbeat(beat, 1_000_000).heartbeat().tables()).isEmpty();

        next(ORDERS);
        next(ORDERS);
        assertThat(heartbeat(beat, 1_000_000).heartbeat().tables()).containsExactly(ORDERS);
        assertThat(heartbeat(beat, 1_000_000).heartbeat().tables()).isEmpty();

        next(ORDERS);
        assertThat(heartbeat(beat, 150).heartbeat().tables()).isNull();

        Set<TableId> many = new LinkedHashSet<>();
        for (int i = 0; i < 201; i++) {
            many.add(new TableId("shop", "t" + i));
        }
        many.forEach(this::next);
        assertThat(heartbeat(beat, 1_000_000).heartbeat().tables()).isNull();
    }

    @Test
    void theRunBeforeIsNotTheRunItself() {
        RecordMark beat = heartbeat(new Beat(ORDERS, null, marks.stored()), 1_000_000);

        assertThat(beat.heartbeat().before()).isNull();
        assertThat(beat.heartbeat().position()).isNull();
    }

    @Test
    void aLineThatLeavesNoRoomForAMarkGoesWithoutOne() throws Exception {
        String begin = "{\"schema\":\"shop\",\"table\":\"orders\",\"type\":\"";
        int room = 1_000 - "lane-0".length();
        Lines lines = new Lines();
        lines.add(0, (begin + "x".repeat(room - begin.length() - 1) + "\n").getBytes(UTF_8));

        new OrderedPuts(kinesis.client(), STREAM, new PutLimits(1, 25_000, 1_000), marks, pulse(), meters()).put(lines);

        assertThat(kinesis.records(STREAM))
                .singleElement()
                .satisfies(record -> assertThat(record.data().asByteArray()).hasSize(room));
        assertThat(marks.stored().numbers()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void loadersThatKnowNoMarksTakeThemForEventsThatTellNothing() {
        String line = new String(marks.next(0, "{\"schema\":\"shop\",\"table\":\"orders\"".getBytes(UTF_8)), UTF_8);

        assertThat(line)
                .startsWith("{\"schema\":\"shop\",\"table\":\"orders\",\"type\":\"QueryEvent\",")
                .endsWith("}}\n");
        assertThat(line).doesNotContain("\"position\"").doesNotContain("\"shape\"");
    }

    private static String at() {
        return new Position(1_764_000_000L, 1, 4, 0).toString();
    }

    private RecordMark heartbeat(Beat beat, int most) {
        return (RecordMark) read(new String(marks.heartbeat(0, beat, 1_764_000_000_000L, most), UTF_8));
    }

    private void next(TableId table) {
        marks.next(0, begin(table).getBytes(UTF_8));
    }

    private OrderedPuts puts(int packBytes) {
        return new OrderedPuts(
                kinesis.client(), STREAM, new PutLimits(LANES, packBytes, 1_000_000), marks, pulse(), meters());
    }

    private static CaptureMeters meters() {
        return new CaptureMeters(new SimpleMeterRegistry());
    }

    private static Pulse pulse() {
        return new Pulse("", System::nanoTime);
    }

    private static void add(Lines lines, int keyHash, TableId table) {
        lines.add(
                keyHash,
                (begin(table) + ",\"type\":\"WriteRowsEvent\",\"row\":{\"values\":{\"id\":" + keyHash
                                + "}},\"key\":[\"id\"],\"position\":\"" + at() + "\"}\n")
                        .getBytes(UTF_8));
    }

    private static String begin(TableId table) {
        return "{\"schema\":" + quoted(table.schema()) + ",\"table\":" + quoted(table.table());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private List<RecordMark> marks() {
        List<RecordMark> all = new ArrayList<>();
        for (StoredRecord record : kinesis.records(STREAM)) {
            for (Change change : changes(record)) {
                if (change instanceof RecordMark mark) {
                    all.add(mark);
                }
            }
        }
        return all;
    }

    private static List<Change> changes(StoredRecord record) {
        return record.data().asUtf8String().lines().map(RunMarksTest::read).toList();
    }

    private static Change read(String line) {
        return new ChangeReader().read(line, FIRST);
    }
}
