package floe.encoding;

import floe.capture.BinlogEvent;
import floe.capture.Column;
import floe.capture.TableVersion;
import floe.change.Position;
import floe.change.TableId;
import floe.kinesis.KeyedLine;
import java.util.List;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From rows to event lines. */
@State(Scope.Benchmark)
public class EncoderBenchmark {

    private static final int ROWS = 1_000;

    private static final TableVersion PERSONS = new TableVersion(
            new TableId("CDC_schema", "Persons"),
            List.of(
                    new Column("PersonID", Column.Kind.INTEGER, 0),
                    new Column("FullName", Column.Kind.TEXT, 0),
                    new Column("City", Column.Kind.TEXT, 0)),
            0);

    private final EventEncoder encoder = new EventEncoder();
    private final List<BinlogEvent> inserts =
            LongStream.range(0, ROWS).mapToObj(EncoderBenchmark::insert).toList();

    /** One insert of a row of three columns. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public List<KeyedLine> encode() {
        return encoder.encode(inserts);
    }

    private static BinlogEvent insert(long number) {
        return Inserts.of(
                PERSONS,
                new Position(1_795_367_406, 3, 4_711, number + 1),
                (int) number,
                "Person number " + number + " of many",
                "City of " + number % 1_000);
    }
}
