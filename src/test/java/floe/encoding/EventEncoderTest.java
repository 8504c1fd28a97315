package floe.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.capture.BinlogEvent;
import floe.capture.Column;
import floe.capture.TableVersion;
import floe.change.Position;
import floe.change.TableId;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private final EventEncoder encoder = new EventEncoder();

    @Test
    void aRowIsWrittenByTheVersionItHas() {
        assertThat(written(insert("Persons", "id", 1))).contains("{\"values\":{\"id\":1}}");
        assertThat(written(insert("Persons", "number", 2))).contains("{\"values\":{\"number\":2}}");
        assertThat(written(insert("Cities", "id", 3))).contains("\"Cities\"", "{\"values\":{\"id\":3}}");
    }

    /** Each start of the engine makes a version of each table anew, and it may start every minute for days. */
    @Test
    void nothingIsKeptOfAVersionThatIsNoMore() {
        BinlogEvent.Row old = insert("Persons", "id", 1);
        WeakReference<TableVersion> version = new WeakReference<>(old.row().table());
        written(old);
        old = insert("Persons", "id", 2);
        written(old);

        await().untilAsserted(() -> {
            System.gc();
            assertThat(version.get()).isNull();
        });
    }

    private String written(BinlogEvent event) {
        return new String(encoder.encode(List.of(event)).get(0).bytes(), UTF_8);
    }

    private static BinlogEvent.Row insert(String table, String column, int value) {
        TableVersion version = new TableVersion(
                new TableId("CDC_schema", table), List.of(new Column(column, Column.Kind.INTEGER, 0)), 0);
        return Inserts.of(version, new Position(1, 3, 4, 1), value);
    }
}
