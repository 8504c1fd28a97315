package floe.encoding;

import floe.capture.BinlogEvent;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Position;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private final EventEncoder encoder = new EventEncoder();

    @Test
    void aRowIsWrittenByTheSchemaItHas() {
        assertThat(written(insert("Persons", "id", 1))).contains("{\"values\":{\"id\":1}}");
        assertThat(written(insert("Persons", "number", 2))).contains("{\"values\":{\"number\":2}}");
        assertThat(written(insert("Cities", "id", 3))).contains("\"Cities\"", "{\"values\":{\"id\":3}}");
    }

    /** Each start of the engine makes a schema of each table anew, and it may start every minute for days. */
    @Test
    void nothingIsKeptOfASchemaThatIsNoMore() {
        BinlogEvent.Row old = insert("Persons", "id", 1);
        WeakReference<Schema> schema = new WeakReference<>(old.record().valueSchema());
        written(old);
        old = insert("Persons", "id", 2);
        written(old);

        await().untilAsserted(() -> {
            System.gc();
            assertThat(schema.get()).isNull();
        });
    }

    private String written(BinlogEvent event) {
        return new String(encoder.encode(List.of(event)).get(0).bytes(), UTF_8);
    }

    private static BinlogEvent.Row insert(String table, String column, int value) {
        Schema row = SchemaBuilder.struct()
                .optional()
                .field(column, Schema.INT32_SCHEMA)
                .build();
        Schema envelope = Envelopes.of(row);
        Struct image = new Struct(row).put(column, value);
        Struct change = Envelopes.insert(envelope, table, image);
        var inserted =
                new SourceRecord(Map.of(), Map.of(), "floe.CDC_schema." + table, null, row, image, envelope, change);
        return new BinlogEvent.Row(inserted, Envelopes.SERVER, new Position(1, 3, 4, 1));
    }
}
