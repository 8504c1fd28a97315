package floe.encoding;

import floe.binlog.BinlogBytes;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.RowImages;
import floe.binlog.TableLayout;
import floe.capture.Batches;
import floe.capture.BinlogEvent;
import floe.change.ChangeType;
import floe.change.Position;
import floe.change.TableId;
import floe.kinesis.Lines;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From rows to event lines. */
@State(Scope.Benchmark)
public class EncoderBenchmark {

    private static final int ROWS = 1_000;

    private static final TableLayout PERSONS = new TableLayout(
            new TableId("CDC_schema", "Persons"),
            List.of(ColumnLayout.of("PersonID", MySqlType.INT), text("FullName"), text("City")),
            0);

    private final EventEncoder encoder = new EventEncoder(1);
    private final List<BinlogEvent> inserts =
            List.of(Changes.of(PERSONS, ChangeType.WRITE, rows(), new Position(1_795_367_406, 3, 4_711, 1)));

    /** One insert of a row of three columns. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Lines encode() {
        return encoder.encode(Batches.of(inserts));
    }

    private static ColumnLayout text(String name) {
        return new ColumnLayout(name, MySqlType.VARCHAR, false, 255, 0, "utf8mb4", List.of());
    }

    private static RowImages rows() {
        BinlogBytes rows = new BinlogBytes();
        for (int number = 0; number < ROWS; number++) {
            rows.raw(0)
                    .little(number, 4)
                    .lengthAndText("Person number " + number + " of many")
                    .lengthAndText("City of " + number % 1_000);
        }
        return rows.images();
    }
}
