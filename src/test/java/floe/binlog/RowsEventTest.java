package floe.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.ChangeType;
import floe.change.TableId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RowsEventTest {

    private static final TableId TABLE = new TableId("shop", "items");

    @ParameterizedTest
    @CsvSource({"30, WRITE, 1", "31, UPDATE, 2", "32, DELETE, 1", "23, WRITE, 1", "24, UPDATE, 2", "25, DELETE, 1"})
    void everyVersionOfTheEventIsRead(int type, ChangeType change, int images) {
        BinlogBytes body = new BinlogBytes().little(4_711, 6).little(1, 2);
        if (type >= EventTypes.WRITE_ROWS) {
            // A partition's number, as MySQL adds it for a partitioned table.
            body.little(5, 2).raw(1, 2, 3);
        }
        body.packed(2).raw(0b11);
        if (images == 2) {
            body.raw(0b11);
        }
        for (int row = 0; row < 3 * images; row++) {
            body.raw(0b10).raw(7);
        }

        RowsEvent event = RowsEvent.read(event(type, body));

        assertThat(event.number()).isEqualTo(4_711);
        assertThat(event.type()).isEqualTo(change);
        assertThat(event.columns()).isEqualTo(2);
        assertThat(event.whole()).isTrue();
        assertThat(event.images().count(table(column(MySqlType.TINYINT), column(MySqlType.INT)), images))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1", "2, 2"})
    void anImageThatLacksAColumnIsNotWhole(int before, int after) {
        RowsEvent event = RowsEvent.read(event(
                EventTypes.UPDATE_ROWS,
                new BinlogBytes()
                        .little(1, 6)
                        .little(1, 2)
                        .little(2, 2)
                        .packed(2)
                        .raw(before, after)));

        assertThat(event.whole()).isFalse();
    }

    @Test
    void aTableOfManyColumnsHasLongerBitmaps() {
        BinlogBytes body =
                new BinlogBytes().little(1, 6).little(1, 2).little(2, 2).packed(300);
        byte[] all = new byte[38];
        java.util.Arrays.fill(all, (byte) 0xff);

        RowsEvent event =
                RowsEvent.read(event(EventTypes.WRITE_ROWS, body.raw(all).raw(all)));

        assertThat(event.columns()).isEqualTo(300);
        assertThat(event.whole()).isTrue();
        assertThat(event.images()
                        .count(
                                table(Stream.generate(() -> column(MySqlType.INT))
                                        .limit(300)
                                        .toArray(ColumnLayout[]::new)),
                                1))
                .isEqualTo(1);
    }

    @Test
    void anEventThatIsCutCannotBeRead() {
        byte[] whole = new BinlogBytes()
                .little(1, 6)
                .little(1, 2)
                .little(2, 2)
                .packed(2)
                .raw(0b11)
                .all();
        for (int length = 0; length < whole.length; length++) {
            RawEvent cut = new RawEvent(EventTypes.WRITE_ROWS, 0, 4, 100, 0, whole, 0, length, length);

            assertThatThrownBy(() -> RowsEvent.read(cut)).isInstanceOf(UnreadableEvent.class);
        }
    }

    /** Cells, two of each, and how their column is laid out. */
    static Stream<Arguments> cells() {
        return Stream.of(
                Arguments.of(column(MySqlType.TINYINT), "7f 80"),
                Arguments.of(column(MySqlType.YEAR), "00 7b"),
                Arguments.of(column(MySqlType.SMALLINT), "0100 0200"),
                Arguments.of(column(MySqlType.MEDIUMINT), "010000 020000"),
                Arguments.of(column(MySqlType.INT), "01000000 02000000"),
                Arguments.of(column(MySqlType.BIGINT), "0100000000000000 0200000000000000"),
                Arguments.of(column(MySqlType.FLOAT), "01000000 02000000"),
                Arguments.of(column(MySqlType.DOUBLE), "0100000000000000 0200000000000000"),
                Arguments.of(column(MySqlType.DATE), "010000 020000"),
                Arguments.of(column(MySqlType.OLD_TIME), "010000 020000"),
                Arguments.of(column(MySqlType.OLD_TIMESTAMP), "01000000 02000000"),
                Arguments.of(column(MySqlType.OLD_DATETIME), "0100000000000000 0200000000000000"),
                Arguments.of(scaled(MySqlType.TIME, 0), "800000 800001"),
                Arguments.of(scaled(MySqlType.TIME, 1), "80000000 80000100"),
                Arguments.of(scaled(MySqlType.TIME, 6), "800000000000 800001000000"),
                Arguments.of(scaled(MySqlType.TIMESTAMP, 0), "00000001 00000002"),
                Arguments.of(scaled(MySqlType.TIMESTAMP, 3), "000000010000 000000020000"),
                Arguments.of(scaled(MySqlType.DATETIME, 0), "8000000001 8000000002"),
                Arguments.of(scaled(MySqlType.DATETIME, 5), "8000000001000000 8000000002000000"),
                // DECIMAL(10,2): 8 digits before the point take 4 bytes, 2 after it take 1.
                Arguments.of(decimal(10, 2), "8000000100 8000000200"),
                // DECIMAL(65,30): 35 digits are 3 x 9 and 8, 30 are 3 x 9 and 3.
                Arguments.of(decimal(65, 30), "80" + "00".repeat(29) + " 81" + "00".repeat(29)),
                Arguments.of(decimal(1, 0), "81 82"),
                Arguments.of(sized(MySqlType.BIT, 1), "00 01"),
                Arguments.of(sized(MySqlType.BIT, 9), "0001 0100"),
                Arguments.of(sized(MySqlType.BIT, 64), "0000000000000001 0000000000000002"),
                Arguments.of(sized(MySqlType.ENUM, 1), "01 02"),
                Arguments.of(sized(MySqlType.ENUM, 2), "0100 0200"),
                Arguments.of(sized(MySqlType.SET, 8), "0100000000000000 0200000000000000"),
                Arguments.of(sized(MySqlType.VARCHAR, 255), "00 0361c3a9"),
                Arguments.of(sized(MySqlType.CHAR, 256), "0000 030061c3a9"),
                Arguments.of(sized(MySqlType.BINARY, 4), "0101 020102"),
                Arguments.of(sized(MySqlType.VARBINARY, 65_535), "010001 02000102"),
                Arguments.of(sized(MySqlType.TEXT, 1), "0161 00"),
                Arguments.of(sized(MySqlType.BLOB, 2), "010061 0000"),
                Arguments.of(sized(MySqlType.BLOB, 3), "01000061 000000"),
                Arguments.of(sized(MySqlType.JSON, 4), "0100000061 00000000"),
                Arguments.of(sized(MySqlType.GEOMETRY, 4), "0100000061 00000000"));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void rowsAreCountedWhateverTheirCellsAre(ColumnLayout column, String cells) {
        String[] two = cells.split(" ", -1);
        TableLayout table = table(column(MySqlType.INT), column, column);
        RowImages images = new BinlogBytes()
                .raw(0)
                .little(1, 4)
                .raw(hex(two[0]))
                .raw(hex(two[1]))
                .raw(0b100)
                .little(2, 4)
                .raw(hex(two[1]))
                .raw(0b111)
                .images();

        assertThat(images.count(table, 1)).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCellThatIsCutCannotBeCounted(ColumnLayout column, String cells) {
        byte[] cell = hex(cells.split(" ", -1)[0]);
        RowImages images = new RowImages(new BinlogBytes().raw(0).raw(cell).all(), 0, cell.length);

        assertThatThrownBy(() -> images.count(table(column), 1)).isInstanceOf(UnreadableEvent.class);
    }

    private static ColumnLayout column(MySqlType type) {
        return ColumnLayout.of("c", type);
    }

    private static ColumnLayout sized(MySqlType type, int size) {
        return new ColumnLayout("c", type, false, size, 0, null, List.of());
    }

    private static ColumnLayout scaled(MySqlType type, int scale) {
        return new ColumnLayout("c", type, false, 0, scale, null, List.of());
    }

    private static ColumnLayout decimal(int digits, int scale) {
        return new ColumnLayout("c", MySqlType.DECIMAL, false, digits, scale, null, List.of());
    }

    private static TableLayout table(ColumnLayout... columns) {
        return new TableLayout(TABLE, List.of(columns), 0);
    }

    private static byte[] hex(String text) {
        return java.util.HexFormat.of().parseHex(text);
    }

    private static RawEvent event(int type, BinlogBytes body) {
        byte[] bytes = body.all();
        return new RawEvent(type, 0, 4, 100, 0, bytes, 0, bytes.length, bytes.length);
    }
}
