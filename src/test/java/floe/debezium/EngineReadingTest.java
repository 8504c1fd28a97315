package floe.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.BinlogBytes;
import floe.binlog.EventTypes;
import floe.binlog.GtidSet;
import floe.binlog.RawEvent;
import floe.binlog.TableLayouts;
import floe.capture.BinlogSource;
import floe.capture.CaptureFailed;
import floe.capture.SourceEvent;
import floe.change.Column;
import floe.change.TableId;
import floe.change.TablePatterns;
import floe.change.TableShape;
import floe.mysql.CascadingKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reading tells of the events that a poll brought; the engine itself runs in {@code routes}. */
class EngineReadingTest {

    private static final TableShape SHAPE = new TableShape(
            List.of("id"),
            List.of(Column.named("id", "int").build(), Column.named("n", "int").build()));

    private static final TableId ITEMS = new TableId("shop", "items");

    private final WrittenBinlog binlog = new WrittenBinlog(200);
    private final List<List<SourceEvent>> batches = new ArrayList<>();
    private long step;
    private long nanos = 7;
    private final EngineReading reading = new EngineReading(new Properties(), 1, reader(), () -> nanos += step);

    @BeforeEach
    void begin() throws InterruptedException {
        take(WrittenBinlog.rotation("binlog.000003", 200));
    }

    @Test
    void whatStandsBeforeAnEventThatCannotBeReadIsGivenAndNothingAfterIt() {
        assertThatThrownBy(() -> take(
                        binlog.gtid(1),
                        binlog.tableMap(1, "shop", "items"),
                        binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                        binlog.xid(),
                        binlog.event(EventTypes.GTID, new BinlogBytes().raw(0)),
                        binlog.gtid(3),
                        binlog.tableMap(1, "shop", "items"),
                        binlog.rows(EventTypes.WRITE_ROWS, 1, 2, 20),
                        binlog.xid()))
                .isInstanceOf(CaptureFailed.class);

        assertThat(batches).hasSize(1);
        assertThat(batches.get(0)).hasSize(2);
        assertThat(((SourceEvent.Progress) batches.get(0).get(1)).offset())
                .containsEntry("gtids", WrittenBinlog.SERVER + ":1");
    }

    @Test
    void aPollIsOneBatchWithTheLastProgressOfEachStretch() throws InterruptedException {
        take(
                binlog.gtid(1),
                binlog.xid(),
                binlog.gtid(2),
                binlog.tableMap(1, "shop", "items"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.xid(),
                binlog.gtid(3),
                binlog.xid());

        assertThat(batches).hasSize(1);
        assertThat(batches.get(0)).hasSize(2);
        assertThat(batches.get(0).get(0)).isInstanceOf(SourceEvent.Rows.class);
        assertThat(((SourceEvent.Progress) batches.get(0).get(1)).offset())
                .containsEntry("gtids", WrittenBinlog.SERVER + ":1-3");
    }

    @Test
    void whileOnlyOtherTablesChangeHowFarItReadIsToldEachSecond() throws InterruptedException {
        take(binlog.gtid(1), binlog.xid());
        List<List<SourceEvent>> soon = List.copyOf(batches);

        pass(Duration.ofMillis(1_001));
        take(binlog.gtid(2), binlog.xid());
        take(binlog.gtid(3), binlog.xid());

        assertThat(soon).isEmpty();
        assertThat(batches).hasSize(1);
        assertThat(((SourceEvent.Progress) batches.get(0).get(0)).offset())
                .containsEntry("gtids", WrittenBinlog.SERVER + ":1-2");
    }

    /** Capture takes silence for a lost connection, and would begin again at the start of that transaction, for ever. */
    @Test
    void aLongTransactionOfOtherTablesIsNoSilence() throws InterruptedException {
        take(binlog.gtid(1), binlog.tableMap(1, "other", "items"));

        pass(Duration.ofMillis(1_001));
        take(binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10));

        assertThat(batches).containsExactly(List.of());
    }

    /** Capture takes silence for a lost connection, and would read the same statements again, for ever. */
    @Test
    void whatTakesLongIsGivenWhileItIsRead() throws InterruptedException {
        step = Duration.ofMillis(600).toNanos();

        take(
                binlog.gtid(1),
                binlog.xid(),
                binlog.gtid(2),
                binlog.xid(),
                binlog.gtid(3),
                binlog.tableMap(1, "shop", "items"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.xid());

        assertThat(batches).hasSizeGreaterThan(1);
        assertThat(batches.get(0)).singleElement().isInstanceOf(SourceEvent.Progress.class);
        assertThat(batches.get(batches.size() - 1)).hasSize(2);
    }

    @Test
    void nothingAfterAnEventThatCannotBeReadIsGiven() {
        RawEvent unreadable = binlog.event(EventTypes.GTID, new BinlogBytes().raw(0));
        List<RawEvent> poll = List.of(
                unreadable,
                binlog.gtid(2),
                binlog.tableMap(1, "shop", "items"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.xid());

        assertThatThrownBy(() -> reading.take(poll, reader(batches))).isInstanceOf(CaptureFailed.class);

        assertThat(batches).isEmpty();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void take(RawEvent... poll) throws InterruptedException {
        reading.take(List.of(poll), reader(batches));
    }

    private static BinlogSource.Reader reader(List<List<SourceEvent>> batches) {
        return new BinlogSource.Reader() {
            @Override
            public void reading() {
                throw new AssertionError("It is the engine that says so");
            }

            @Override
            public void stopped() {
                throw new AssertionError("It is the engine that says so");
            }

            @Override
            public void take(List<SourceEvent> batch) {
                batches.add(batch);
            }
        };
    }

    private static BinlogReader reader() {
        Tables.Definitions definitions = new Tables.Definitions() {
            @Override
            public Tables.Definition now(TableId table) {
                return new Tables.Definition(null, new GtidSet());
            }

            @Override
            public void waitFor(String gtid) {
                throw new AssertionError("No statement is read here");
            }

            @Override
            public Map<TableId, Optional<String>> look(Set<TableId> tables) {
                throw new AssertionError("No other table is asked for");
            }

            @Override
            public List<CascadingKey> cascades() {
                return List.of();
            }

            @Override
            public boolean metadataIsFull() {
                return true;
            }
        };
        return new BinlogReader(
                new CurrentTables(TablePatterns.of(Set.of(ITEMS)), Set.of(ITEMS), Set.of()),
                new GtidSet(),
                new Tables(
                        definitions, new TableLayouts(collation -> "utf8mb4"), table -> SHAPE, Map.of(), new GtidSet()),
                collation -> "utf8mb4",
                true,
                1_000);
    }
}
