package floe.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.BinlogBytes;
import floe.binlog.EventHeader;
import floe.binlog.EventTypes;
import floe.binlog.GtidSet;
import floe.binlog.RawEvent;
import floe.binlog.Sighting;
import floe.binlog.TableLayouts;
import floe.capture.CaptureFailed;
import floe.capture.SourceEvent;
import floe.change.ChangeType;
import floe.change.Column;
import floe.change.TableId;
import floe.change.TablePatterns;
import floe.change.TableShape;
import floe.mysql.CascadingKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that a MySQL 8 of the tests does not write at will, too; others are in {@code routes.UnseenChangesTest}. */
class BinlogReaderTest {

    private static final TableId ITEMS = new TableId("shop", "items");
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final TableId AUDIT = new TableId("audit", "log");
    private static final TableId NEW = new TableId("shop", "new");
    private static final Set<TableId> CAPTURED = Set.of(ITEMS, ORDERS, AUDIT);
    private static final TableShape SHAPE = new TableShape(
            List.of("id"),
            List.of(Column.named("id", "int").build(), Column.named("n", "int").build()));
    private static final int UTF8MB4 = 45;
    private static final int UNKNOWN_COLLATION = 9_999;
    private static final int MOST_BYTES = 100;

    private final Map<TableId, TableShape> now = new HashMap<>(Map.of(ITEMS, SHAPE, ORDERS, SHAPE, AUDIT, SHAPE));
    private final Map<TableId, TableShape> sent = new HashMap<>(now);
    private final Map<TableId, TableShape> atStart = new HashMap<>();
    private final List<TableId> asked = new ArrayList<>();
    private final List<SourceEvent> told = new ArrayList<>();
    private final Map<TableId, String> whyNot = new HashMap<>();
    private TablePatterns patterns = TablePatterns.of(CAPTURED);
    private final List<CascadingKey> cascades = new ArrayList<>();
    private String executed = "";
    private boolean metadataIsFull = true;
    private boolean ended;
    private BinlogReader reader = reader("");
    private WrittenBinlog binlog = new WrittenBinlog(200);

    @BeforeEach
    void begin() {
        read(WrittenBinlog.rotation("binlog.000003", 200));
    }

    @Test
    void rowsOfACapturedTableComeWithTheirPlace() {
        read(binlog.gtid(5), binlog.query("shop", "BEGIN"), binlog.tableMap(1, "shop", "items"));
        long at = binlog.at();

        read(binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10, 2, 20), binlog.xid());

        SourceEvent.Rows rows = (SourceEvent.Rows) told.get(0);
        assertThat(rows.table().id()).isEqualTo(ITEMS);
        assertThat(rows.type()).isEqualTo(ChangeType.WRITE);
        assertThat(rows.images().count(rows.table(), 1)).isEqualTo(2);
        assertThat(rows.origin().file()).isEqualTo("binlog.000003");
        assertThat(rows.origin().offset()).isEqualTo(at);
        assertThat(rows.origin().row()).isEqualTo(1);
        assertThat(rows.origin().gtid()).isEqualTo(WrittenBinlog.SERVER + ":5");
        assertThat(rows.origin().millis()).isEqualTo(WrittenBinlog.MILLIS);
    }

    @Test
    void aTransactionThatEndedIsProgressWithItsEndAndAllGtids() {
        reader = reader(WrittenBinlog.SERVER + ":1-4");
        read(WrittenBinlog.rotation("binlog.000003", 200), binlog.gtid(5), binlog.query("shop", "BEGIN"));
        Optional<SourceEvent.Progress> before = progress();

        read(binlog.xid());

        assertThat(before).isEmpty();
        assertThat(progress().orElseThrow().offset())
                .containsEntry("file", "binlog.000003")
                .containsEntry("pos", binlog.at())
                .containsEntry("gtids", WrittenBinlog.SERVER + ":1-5");
        assertThat(progress()).isEmpty();
    }

    @Test
    void namesAreExact() {
        read(
                binlog.gtid(5),
                binlog.tableMap(1, "shop", "Items"),
                binlog.tableMap(2, "Shop", "items"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.rows(EventTypes.WRITE_ROWS, 2, 1, 10));

        assertThat(told).isEmpty();
    }

    @Test
    void nothingOfATableThatNobodyCapturesIsRead() {
        read(
                binlog.gtid(5),
                binlog.event(
                        EventTypes.TABLE_MAP,
                        new BinlogBytes()
                                .little(1, 6)
                                .little(1, 2)
                                .lengthAndText("other")
                                .raw(0)
                                .lengthAndText("odd")
                                .raw(0)
                                .raw(0xfe, 1)),
                binlog.event(
                        EventTypes.WRITE_ROWS, new BinlogBytes().little(1, 6).raw(0xff)),
                binlog.xid());

        assertThat(told).isEmpty();
        assertThat(progress()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                21,
                EventTypes.INCIDENT,
                EventTypes.BEGIN_LOAD_QUERY,
                EventTypes.APPEND_BLOCK,
                EventTypes.EXECUTE_LOAD_QUERY,
                EventTypes.DELETE_FILE,
                43,
                200
            })
    void anEventThatNobodyReadsCountsForEveryTable(int type) {
        read(binlog.event(type, new BinlogBytes().raw(1, 2, 3)));

        assertThat(unseen()).containsExactly(CAPTURED);
    }

    @Test
    void anUnknownEventThatMayBeIgnoredIsIgnored() {
        read(binlog.event(200, new BinlogBytes().raw(1, 2, 3), 0x80));

        assertThat(told).isEmpty();
    }

    @Test
    void aRollbackInTheBinlogIsOfTheTablesWithRowsInIt() {
        read(
                binlog.gtid(5),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(2, "shop", "orders"),
                binlog.xid(),
                binlog.gtid(6),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(1, "shop", "items"),
                binlog.tableMap(3, "shop", "not captured"));

        read(binlog.query("shop", "ROLLBACK"));

        assertThat(unseen()).containsExactly(Set.of(ITEMS));
        assertThat(progress().orElseThrow().offset()).containsEntry("gtids", WrittenBinlog.SERVER + ":5-6");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsOfACompressedTransactionAreCountedOnAtThePlaceOfIt(boolean compressed) {
        read(binlog.gtid(5));
        long at = binlog.at();

        read(binlog.payload(
                compressed,
                WrittenBinlog.inPayload(EventTypes.TABLE_MAP, WrittenBinlog.mapBody(1, "shop", "items", true)),
                WrittenBinlog.inPayload(
                        EventTypes.WRITE_ROWS, WrittenBinlog.rowsBody(EventTypes.WRITE_ROWS, 1, 1, 10, 2, 20)),
                WrittenBinlog.inPayload(
                        EventTypes.UPDATE_ROWS,
                        WrittenBinlog.rowsBody(EventTypes.UPDATE_ROWS, 1, 1, 10, 1, 11, 2, 20, 2, 21)),
                WrittenBinlog.inPayload(
                        EventTypes.DELETE_ROWS, WrittenBinlog.rowsBody(EventTypes.DELETE_ROWS, 1, 1, 11)),
                WrittenBinlog.inPayload(EventTypes.XID, new BinlogBytes().little(17, 8))));

        assertThat(told)
                .extracting(event -> ((SourceEvent.Rows) event).origin().row())
                .containsExactly(1L, 3L, 5L);
        assertThat(told)
                .extracting(event -> ((SourceEvent.Rows) event).origin().offset())
                .containsOnly(at);
        assertThat(progress().orElseThrow().offset()).containsEntry("pos", binlog.at());
    }

    @Test
    void aCompressedTransactionIsLookedInto() {
        read(
                binlog.gtid(5),
                binlog.payload(
                        true,
                        WrittenBinlog.inPayload(EventTypes.TABLE_MAP, WrittenBinlog.mapBody(1, "shop", "items", true)),
                        WrittenBinlog.inPayload(
                                EventTypes.PARTIAL_UPDATE_ROWS,
                                new BinlogBytes().little(1, 6).raw(1))));

        assertThat(unseen()).containsExactly(Set.of(ITEMS));
    }

    @Test
    void aCompressedTransactionThatCannotBeInflatedEndsTheReading() {
        RawEvent whole = binlog.payload(
                true, WrittenBinlog.inPayload(EventTypes.TABLE_MAP, WrittenBinlog.mapBody(1, "shop", "items", true)));
        RawEvent torn = new RawEvent(
                whole.type(), 0, whole.start(), whole.next(), 0, whole.bytes(), 0, whole.end() - 9, whole.end() - 9);

        assertThatThrownBy(() -> read(torn))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("binlog.000003, offset " + whole.start());
    }

    @Test
    void beyondFourGigabytesPlacesGoOn() {
        long beforeTheEnd = (1L << 32) - 150;
        binlog = new WrittenBinlog(beforeTheEnd);
        read(WrittenBinlog.rotation("binlog.000003", beforeTheEnd), binlog.gtid(5));
        read(binlog.query("shop", "BEGIN"), binlog.tableMap(1, "shop", "items"));
        long at = binlog.at();

        read(binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10), binlog.xid());

        assertThat(at).isGreaterThan(1L << 32);
        assertThat(((SourceEvent.Rows) told.get(0)).origin().offset()).isEqualTo(at);
        assertThat(progress().orElseThrow().offset()).containsEntry("pos", binlog.at());
    }

    @Test
    void theNextFileBeginsFromItsOwnStart() {
        binlog = new WrittenBinlog((1L << 32) + 10);
        read(WrittenBinlog.rotation("binlog.000003", (1L << 32) + 10), binlog.gtid(5), binlog.xid());

        binlog = new WrittenBinlog(4);
        read(WrittenBinlog.rotation("binlog.000004", 4), binlog.gtid(6), binlog.xid());

        assertThat(progress().orElseThrow().offset())
                .containsEntry("file", "binlog.000004")
                .containsEntry("pos", binlog.at());
    }

    @Test
    void aStatementInAnUnknownCharacterSetCountsForAllTables() {
        read(binlog.gtid(6), binlog.query("audit", "DROP TABLE x".getBytes(StandardCharsets.UTF_8), UNKNOWN_COLLATION));

        assertThat(unseen()).containsExactly(CAPTURED);
    }

    /** Of names MySQL takes none that is not well formed; what is in quotes may be anything. */
    @Test
    void bytesThatAreNoTextHideNoName() {
        byte[] comment = "TRUNCATE /* x */ TABLE items".getBytes(StandardCharsets.UTF_8);
        comment["TRUNCATE /* ".length()] = (byte) 0xe9;

        read(binlog.gtid(5), binlog.query("shop", comment, UTF8MB4));

        assertThat(told).singleElement().isInstanceOf(SourceEvent.Truncation.class);
    }

    @Test
    void aGtidThatCannotBeReadEndsTheReadingAndSaysWhere() {
        long at = binlog.at();

        assertThatThrownBy(() -> read(binlog.event(EventTypes.GTID, new BinlogBytes().raw(0, 1, 2))))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("binlog.000003, offset " + at)
                .hasMessageContaining("event type 33");
        assertThat(told).isEmpty();
    }

    @Test
    void withoutMetadataCaptureIsDownWithTheCommandThatMendsIt() {
        metadataIsFull = false;

        assertThatThrownBy(() -> read(binlog.gtid(5), binlog.minimalTableMap(1, "shop", "items")))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("SET PERSIST binlog_row_metadata = FULL");
    }

    @Test
    void rowsFromBeforeTheMetadataWereFullSetTheirTableAside() {
        read(
                binlog.gtid(5),
                binlog.minimalTableMap(1, "shop", "items"),
                binlog.tableMap(2, "shop", "orders"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.rows(EventTypes.WRITE_ROWS, 2, 1, 10));

        assertThat(unseen()).containsExactly(Set.of(ITEMS));
        assertThat(rowsOf()).containsExactly(ORDERS);
    }

    @Test
    void minimalMetadataOfOtherTablesMatterToNobody() {
        metadataIsFull = false;

        read(binlog.gtid(5), binlog.minimalTableMap(1, "other", "items"));

        assertThat(told).isEmpty();
    }

    @Test
    void anEventOfRowsThatIsTooLargeSetsItsTableAsideAlone() {
        read(binlog.gtid(5), binlog.tableMap(1, "shop", "items"), binlog.tableMap(2, "shop", "orders"));
        RawEvent row = binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10);

        read(
                new RawEvent(row.type(), 0, row.start(), row.next(), 0, row.bytes(), 0, 8, MOST_BYTES + 1),
                binlog.rows(EventTypes.WRITE_ROWS, 2, 1, 10));

        assertThat(unseen()).containsExactly(Set.of(ITEMS));
        assertThat(what()).containsExactly("a row of 101 bytes; capture.row-bytes allows 100");
        assertThat(rowsOf()).containsExactly(ORDERS);
    }

    @Test
    void rowsWithoutAllColumnsSetTheirTableAsideAlone() {
        read(
                binlog.gtid(5),
                binlog.tableMap(1, "shop", "items"),
                binlog.tableMap(2, "shop", "orders"),
                binlog.event(
                        EventTypes.UPDATE_ROWS,
                        new BinlogBytes()
                                .little(1, 6)
                                .little(0, 2)
                                .little(2, 2)
                                .packed(2)
                                .raw(0b01, 0b10)
                                .raw(0)
                                .little(1, 4)
                                .raw(0)
                                .little(11, 4)),
                binlog.rows(EventTypes.WRITE_ROWS, 2, 1, 10));

        assertThat(unseen()).containsExactly(Set.of(ITEMS));
        assertThat(what()).allSatisfy(what -> assertThat(what).contains("binlog_row_image"));
        assertThat(rowsOf()).containsExactly(ORDERS);
    }

    @Test
    void anEventOfRowsThatCannotBeReadSetsItsTableAsideAlone() {
        read(
                binlog.gtid(5),
                binlog.tableMap(1, "shop", "items"),
                binlog.tableMap(2, "shop", "orders"),
                binlog.event(
                        EventTypes.WRITE_ROWS, new BinlogBytes().little(1, 6).raw(0)),
                binlog.event(
                        EventTypes.WRITE_ROWS,
                        new BinlogBytes()
                                .little(1, 6)
                                .little(0, 2)
                                .little(2, 2)
                                .packed(3)
                                .raw(0b111)
                                .raw(0)),
                binlog.rows(EventTypes.WRITE_ROWS, 2, 1, 10));

        assertThat(unseen()).containsExactly(Set.of(ITEMS), Set.of(ITEMS));
        assertThat(rowsOf()).containsExactly(ORDERS);
    }

    @Test
    void aTableThatCannotBeReadIsSetAsideAlone() {
        read(
                binlog.gtid(5),
                binlog.event(
                        EventTypes.TABLE_MAP,
                        new BinlogBytes()
                                .little(1, 6)
                                .little(1, 2)
                                .lengthAndText("shop")
                                .raw(0)
                                .lengthAndText("items")
                                .raw(0)
                                .packed(1)
                                .raw(199)
                                .packed(0)
                                .raw(0)
                                .raw(4, 2)
                                .lengthAndText("x")
                                .raw(8, 1, 0)),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.tableMap(2, "shop", "orders"),
                binlog.rows(EventTypes.WRITE_ROWS, 2, 1, 10));

        assertThat(unseen()).containsExactly(Set.of(ITEMS));
        assertThat(what()).allSatisfy(what -> assertThat(what).contains("x", "199"));
        assertThat(rowsOf()).containsExactly(ORDERS);
    }

    @Test
    void aTransactionThatWasReadBeforeIsPassedOver() {
        reader = reader(WrittenBinlog.SERVER + ":1-5");
        read(WrittenBinlog.rotation("binlog.000003", 200));

        read(
                binlog.gtid(5),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(1, "shop", "items"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.query("shop", "DELETE FROM items"),
                binlog.xid(),
                binlog.gtid(6),
                binlog.tableMap(1, "shop", "items"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 2, 20),
                binlog.xid());

        assertThat(told).hasSize(1);
        assertThat(((SourceEvent.Rows) told.get(0)).origin().gtid()).endsWith(":6");
    }

    @Test
    void aPreparedTransactionIsToldOfAndSoIsItsEnd() {
        read(
                binlog.gtid(5),
                binlog.query("shop", "XA START X'61',X'',1"),
                binlog.tableMap(1, "shop", "items"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.query("shop", "XA END X'61',X'',1"),
                binlog.xaPrepare(false),
                binlog.gtid(6),
                binlog.query("shop", "XA COMMIT X'61',X'',1"));

        List<Sighting> seen = sightings();
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isInstanceOfSatisfying(Sighting.Prepared.class, prepared -> {
            assertThat(prepared.xid()).isEqualTo("X'61',X'',1");
            assertThat(prepared.tables()).containsExactly(ITEMS);
        });
        assertThat(seen.get(1)).isInstanceOfSatisfying(Sighting.Ended.class, ended -> {
            assertThat(ended.xid()).isEqualTo("X'61',X'',1");
            assertThat(ended.committed()).isTrue();
        });
        assertThat(progress().orElseThrow().offset()).containsEntry("gtids", WrittenBinlog.SERVER + ":5-6");
    }

    @Test
    void aTransactionPreparedAndCommittedAtOnceIsLikeAnyOther() {
        read(
                binlog.gtid(5),
                binlog.query("shop", "XA START X'61',X'',1"),
                binlog.query("shop", "XA END X'61',X'',1"),
                binlog.xaPrepare(true));

        assertThat(told).isEmpty();
        assertThat(progress()).isPresent();
    }

    @Test
    void aHeartbeatIsProgressBetweenTransactionsOnly() {
        read(binlog.gtid(5), binlog.query("shop", "BEGIN"), WrittenBinlog.heartbeat());
        Optional<SourceEvent.Progress> within = progress();
        read(binlog.xid());
        progress();

        read(WrittenBinlog.heartbeat());

        assertThat(within).isEmpty();
        assertThat(progress().orElseThrow().offset())
                .containsEntry("pos", binlog.at())
                .containsEntry("gtids", WrittenBinlog.SERVER + ":5");
    }

    /** The server may have nothing to say for days. */
    @Test
    void aHeartbeatIsProgressFromTheStart() {
        reader = reader(WrittenBinlog.SERVER + ":1-4");
        read(WrittenBinlog.rotation("binlog.000003", 200), WrittenBinlog.heartbeat());

        assertThat(progress().orElseThrow().offset())
                .containsEntry("file", "binlog.000003")
                .containsEntry("pos", 200L)
                .containsEntry("gtids", WrittenBinlog.SERVER + ":1-4");
    }

    /** Its end would be that of one that nobody has seen begin, which counts for every table. */
    @Test
    void aPreparedTransactionThatWasReadBeforeIsPassedOver() {
        reader = reader(WrittenBinlog.SERVER + ":1-6");
        read(WrittenBinlog.rotation("binlog.000003", 200));

        read(
                binlog.gtid(5),
                binlog.query("shop", "XA START X'61',X'',1"),
                binlog.query("shop", "XA END X'61',X'',1"),
                binlog.xaPrepare(false),
                binlog.gtid(6),
                binlog.query("shop", "XA COMMIT X'62',X'',1"));

        assertThat(told).isEmpty();
    }

    @Test
    void aSavepointEndsNoTransaction() {
        read(binlog.gtid(5), binlog.query("shop", "BEGIN"), binlog.query("shop", "SAVEPOINT `a`"));

        assertThat(progress()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aTruncationIsOfTheTableThatItNames() {
        long at = binlog.at() + binlog.gtid(5).size() + EventHeader.BYTES;

        read(binlog.query("shop", "TRUNCATE TABLE items"));

        assertThat(told).singleElement().isInstanceOfSatisfying(SourceEvent.Truncation.class, truncation -> {
            assertThat(truncation.table()).isEqualTo(ITEMS);
            assertThat(truncation.origin().offset()).isEqualTo(at);
            assertThat(truncation.origin().row()).isZero();
        });
    }

    @Test
    void aTableIsTruncatedUnderItsExactNameOnly() {
        read(binlog.gtid(5), binlog.query("shop", "TRUNCATE TABLE Items"));

        assertThat(told).isEmpty();
    }

    @Test
    void aStatementIsAShapeWhenAndOnlyWhenItChangesIt() {
        read(binlog.gtid(5), binlog.query("shop", "ALTER TABLE items ENGINE = InnoDB"));
        TableShape wider = new TableShape(
                List.of("id"),
                List.of(
                        Column.named("id", "int").build(),
                        Column.named("n", "bigint").build()));
        now.put(ITEMS, wider);

        read(
                binlog.gtid(6),
                binlog.query("shop", "ALTER TABLE items MODIFY n BIGINT"),
                binlog.gtid(7),
                binlog.query("shop", "CREATE INDEX i ON items (n)"));

        assertThat(told).singleElement().isInstanceOfSatisfying(SourceEvent.Shape.class, shape -> {
            assertThat(shape.table()).isEqualTo(ITEMS);
            assertThat(shape.shape()).isEqualTo(wider);
        });
    }

    @Test
    void aTableIsAskedForOnlyWhereTheStartDoesNotSayHowItIs() {
        atStart.putAll(now);
        atStart.remove(ORDERS);
        reader = reader("");
        read(
                WrittenBinlog.rotation("binlog.000003", 200),
                binlog.gtid(5),
                binlog.tableMap(1, "shop", "items"),
                binlog.tableMap(2, "shop", "orders"),
                binlog.xid());
        List<TableId> first = List.copyOf(asked);

        read(binlog.gtid(6), binlog.query("shop", "ALTER TABLE items ADD a INT"));

        assertThat(first).containsExactly(ORDERS);
        assertThat(asked).containsExactly(ORDERS, ITEMS);
    }

    @Test
    void aTableThatIsGoneIsToldOfOnce() {
        now.remove(ITEMS);

        read(
                binlog.gtid(5),
                binlog.query("shop", "DROP TABLE items"),
                binlog.gtid(6),
                binlog.query("shop", "DROP TABLE IF EXISTS items"));

        assertThat(told)
                .satisfiesExactly(
                        shape -> assertThat(((SourceEvent.Shape) shape).shape()).isNull(),
                        left -> assertThat(sighting(left)).isInstanceOf(Sighting.Left.class));
    }

    @Test
    void aTableThatIsMadeIsCapturedFromItsFirstRowOn() {
        meant("shop.*");
        now.put(NEW, SHAPE);

        read(
                binlog.gtid(5),
                binlog.query("shop", "CREATE TABLE IF NOT EXISTS `new` LIKE items"),
                binlog.gtid(6),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(1, "shop", "new"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10));

        assertThat(told)
                .satisfiesExactly(
                        arrived -> assertThat(((Sighting.Arrived) sighting(arrived)))
                                .satisfies(it -> assertThat(it.table()).isEqualTo(NEW), it -> assertThat(it.unread())
                                        .isNull()),
                        shape -> assertThat(((SourceEvent.Shape) shape).table()).isEqualTo(NEW),
                        rows -> assertThat(((SourceEvent.Rows) rows).table().id())
                                .isEqualTo(NEW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RENAME TABLE other.t TO new",
                "ALTER TABLE other.t RENAME TO shop.new",
                "CREATE TABLE new SELECT * FROM other.t",
                "ALTER TABLE `new` ADD PRIMARY KEY (id)",
                "CREATE TABLE shop.made LIKE new"
            })
    void aTableThatComesWithRowsIsToBeRead(String sql) {
        meant("shop.*");
        now.put(NEW, SHAPE);

        read(binlog.gtid(5), binlog.query("shop", sql));

        assertThat(((Sighting.Arrived) sighting(told.get(0))).unread())
                .isEqualTo("it was not captured before, so earlier rows were not read");
    }

    @Test
    void aTableOfWhichNoStatementToldIsToBeRead() {
        meant("shop.*");
        now.put(NEW, SHAPE);

        read(
                binlog.gtid(5),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(1, "shop", "new"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10));

        assertThat(((Sighting.Arrived) sighting(told.get(0))).unread()).isNotNull();
        assertThat(told.get(told.size() - 1)).isInstanceOf(SourceEvent.Rows.class);
    }

    @Test
    void aTableThatMySqlDoesNotShowIsPassedOverAndAskedForOnce() {
        meant("shop.*");

        read(
                binlog.gtid(5),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(1, "shop", "new"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10));
        now.put(NEW, SHAPE);
        read(binlog.tableMap(1, "shop", "new"), binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10));
        List<SourceEvent> before = List.copyOf(told);
        read(
                binlog.xid(),
                binlog.gtid(6),
                binlog.query("shop", "GRANT SELECT ON shop.* TO floe"),
                binlog.gtid(7),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(1, "shop", "new"));

        assertThat(before).isEmpty();
        assertThat(sighting(told.get(0))).isInstanceOf(Sighting.Arrived.class);
    }

    @Test
    void aTableThatCannotBeCapturedIsSetAsideUntilAStatementMendsItOrTakesItAway() {
        meant("shop.*");
        now.put(NEW, SHAPE);
        whyNot.put(NEW, "it has no key");

        read(
                binlog.gtid(5),
                binlog.query("shop", "CREATE TABLE new (id INT)"),
                binlog.gtid(6),
                binlog.query("shop", "BEGIN"),
                binlog.tableMap(1, "shop", "new"),
                binlog.rows(EventTypes.WRITE_ROWS, 1, 1, 10),
                binlog.xid(),
                binlog.gtid(7),
                binlog.query("shop", "DROP TABLE new"));

        assertThat(told)
                .satisfiesExactly(
                        aside -> assertThat(((Sighting.SetAside) sighting(aside)).why())
                                .isEqualTo("it has no key"),
                        left -> assertThat(((Sighting.Left) sighting(left)).table())
                                .isEqualTo(NEW));
    }

    @Test
    void aTableThatIsRenamedGoesAndComes() {
        meant("shop.*");
        now.put(NEW, now.remove(ITEMS));

        read(binlog.gtid(5), binlog.query("shop", "RENAME TABLE items TO new"));

        assertThat(told)
                .extracting(event -> event instanceof SourceEvent.Seen seen
                        ? seen.sighting().getClass().getSimpleName()
                        : ((SourceEvent.Shape) event).table().table())
                .containsExactly("Unseen", "items", "Left", "Arrived", "new");
    }

    private void meant(String list) {
        patterns = TablePatterns.parse(list);
        reader = reader("");
        read(WrittenBinlog.rotation("binlog.000003", 200));
    }

    private static Sighting sighting(SourceEvent event) {
        return ((SourceEvent.Seen) event).sighting();
    }

    @Test
    void statementsAboutOtherTablesPassWhateverTheyAre() {
        read(
                binlog.gtid(5),
                binlog.query("other", "CREATE TABLE g (p POINT NOT NULL SRID 4326, FROBNICATE (p) USING WARP)"),
                binlog.gtid(6),
                binlog.query("other", "ALTER TABLE g SPLIT THE ATOM"),
                binlog.gtid(7),
                binlog.query("other", "DROP TABLE g"));

        assertThat(told).isEmpty();
        assertThat(progress().orElseThrow().offset()).containsEntry("gtids", WrittenBinlog.SERVER + ":5-7");
    }

    private BinlogReader reader(String done) {
        Tables.Definitions definitions = new Tables.Definitions() {
            @Override
            public Tables.Definition now(TableId table) {
                asked.add(table);
                return new Tables.Definition(now.get(table), GtidSet.parse(executed));
            }

            @Override
            public void waitFor(String gtid) {
                // What is there is seen.
            }

            @Override
            public Map<TableId, Optional<String>> look(Set<TableId> tables) {
                Map<TableId, Optional<String>> found = new HashMap<>();
                tables.stream()
                        .filter(now::containsKey)
                        .forEach(table -> found.put(table, Optional.ofNullable(whyNot.get(table))));
                return found;
            }

            @Override
            public List<CascadingKey> cascades() {
                return List.copyOf(cascades);
            }

            @Override
            public boolean metadataIsFull() {
                return metadataIsFull;
            }
        };
        return new BinlogReader(
                new CurrentTables(patterns, CAPTURED, Set.of()),
                GtidSet.parse(done),
                new Tables(
                        definitions,
                        new TableLayouts(collation -> "utf8mb4"),
                        sent::get,
                        atStart,
                        GtidSet.parse(executed)),
                collation -> collation == UTF8MB4 ? "utf8mb4" : null,
                true,
                MOST_BYTES);
    }

    private void read(RawEvent... events) {
        for (RawEvent event : events) {
            reader.read(event, told);
            ended |= reader.hasEnded();
        }
    }

    /** How far reading has come since this was asked last. */
    private Optional<SourceEvent.Progress> progress() {
        Optional<SourceEvent.Progress> now = ended ? Optional.of(reader.progress()) : Optional.empty();
        ended = false;
        return now;
    }

    private List<Sighting> sightings() {
        return told.stream()
                .filter(SourceEvent.Seen.class::isInstance)
                .map(event -> ((SourceEvent.Seen) event).sighting())
                .toList();
    }

    private List<Set<TableId>> unseen() {
        return sightings().stream()
                .map(sighting -> ((Sighting.Unseen) sighting).tables())
                .toList();
    }

    private List<String> what() {
        return sightings().stream()
                .map(sighting -> ((Sighting.Unseen) sighting).what())
                .toList();
    }

    private List<TableId> rowsOf() {
        return told.stream()
                .filter(SourceEvent.Rows.class::isInstance)
                .map(event -> ((SourceEvent.Rows) event).table().id())
                .toList();
    }
}
