package floe.encoding;

import floe.capture.BinlogEvent;
import floe.change.Position;
import floe.kinesis.KeyedLine;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From Debezium's records to event lines. */
@State(Scope.Benchmark)
public class EncoderBenchmark {

    private static final int ROWS = 1_000;

    private static final Schema KEY =
            SchemaBuilder.struct().field("PersonID", Schema.INT32_SCHEMA).build();
    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .field("PersonID", Schema.INT32_SCHEMA)
            .field("FullName", Schema.OPTIONAL_STRING_SCHEMA)
            .field("City", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema ENVELOPE = Envelopes.of(ROW);

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
        Struct row = new Struct(ROW)
                .put("PersonID", (int) number)
                .put("FullName", "Person number " + number + " of many")
                .put("City", "City of " + number % 1_000);
        Struct envelope = Envelopes.insert(ENVELOPE, "Persons", row);
        Struct key = new Struct(KEY).put("PersonID", (int) number);
        var inserted = new SourceRecord(Map.of(), Map.of(), "topic", null, KEY, key, ENVELOPE, envelope);
        return new BinlogEvent.Row(inserted, Envelopes.SERVER, new Position(1_795_367_406, 3, 4_711, number + 1));
    }
}
