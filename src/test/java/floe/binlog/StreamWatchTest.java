package floe.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import floe.change.TableId;
import io.debezium.connector.binlog.event.EventDataDeserializationExceptionData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that a MySQL 8 of the tests does not write at will; the others are in {@code routes.UnseenChangesTest}. */
class StreamWatchTest {

    private static final TableId ITEMS = new TableId("shop", "items");
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final Set<TableId> CAPTURED = Set.of(ITEMS, ORDERS);

    private final StreamWatch watch =
            new StreamWatch(CAPTURED, EventDataDeserializationExceptionData.class::isInstance);

    @BeforeEach
    void rotate() {
        RotateEventData rotation = new RotateEventData();
        rotation.setBinlogFilename("binlog.000003");
        watch.onEvent(event(EventType.ROTATE, rotation));
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"UNKNOWN", "INCIDENT", "EXECUTE_LOAD_QUERY", "PRE_GA_UPDATE_ROWS"})
    void anEventThatNobodyReadsCountsForEveryTable(EventType type) {
        watch.onEvent(event(type, null));

        assertThat(tables()).containsExactly(CAPTURED);
    }

    @Test
    void theClientWaitsWhileTooMuchIsWaiting() throws Exception {
        Thread client = clientThatWaits();

        assertThat(watch.take()).hasSizeGreaterThanOrEqualTo(StreamWatch.MOST_WAITING);

        client.join(Duration.ofMinutes(1).toMillis());
        assertThat(client.isAlive()).isFalse();
    }

    @Test
    void theClientDoesNotWaitForAnEngineThatEnds() throws Exception {
        AtomicBoolean connected = new AtomicBoolean(true);
        watch.waitWhile(connected::get);
        Thread client = clientThatWaits();

        connected.set(false);

        client.join(Duration.ofMinutes(1).toMillis());
        assertThat(client.isAlive()).isFalse();
    }

    @Test
    void anUnknownEventThatMayBeIgnoredIsIgnored() {
        Event ignorable = event(EventType.UNKNOWN, null);
        ignorable.<EventHeaderV4>getHeader().setFlags(0x80);

        watch.onEvent(ignorable);

        assertThat(watch.take()).isEmpty();
    }

    @Test
    void anEventThatDebeziumStopsAtIsNotPassedOver() {
        watch.onEvent(event(EventType.INCIDENT, new EventDataDeserializationExceptionData(null)));

        assertThat(watch.take()).isEmpty();
    }

    @Test
    void aRollbackInTheBinlogIsOfTheTablesWithRowsInIt() {
        watch.onEvent(event(EventType.ANONYMOUS_GTID, null));
        watch.onEvent(event(EventType.TABLE_MAP, map("orders")));
        watch.onEvent(event(EventType.ANONYMOUS_GTID, null));
        watch.onEvent(event(EventType.QUERY, query("BEGIN")));
        watch.onEvent(event(EventType.TABLE_MAP, map("items")));
        watch.onEvent(event(EventType.TABLE_MAP, map("not captured")));

        watch.onEvent(event(EventType.QUERY, query("ROLLBACK")));

        assertThat(tables()).containsExactly(Set.of(ITEMS));
    }

    @Test
    void aCompressedTransactionIsLookedInto() {
        TransactionPayloadEventData payload = new TransactionPayloadEventData();
        payload.setUncompressedEvents(new ArrayList<>(
                List.of(event(EventType.TABLE_MAP, map("items")), event(EventType.PARTIAL_UPDATE_ROWS_EVENT, null))));

        watch.onEvent(event(EventType.TRANSACTION_PAYLOAD, payload));

        assertThat(tables()).containsExactly(Set.of(ITEMS));
    }

    @Test
    void aFailureToLookAtAnEventIsToldToTheTask() {
        watch.onEvent(event(EventType.TABLE_MAP, null));

        assertThatThrownBy(watch::take).isInstanceOf(IllegalStateException.class);
    }

    /** It has seen one thing more than may wait to be taken. */
    private Thread clientThatWaits() {
        Thread client = new Thread(() -> IntStream.rangeClosed(0, StreamWatch.MOST_WAITING)
                .forEach(number -> watch.onEvent(event(EventType.INCIDENT, null))));
        client.start();
        await().until(() -> client.getState() == Thread.State.TIMED_WAITING);
        return client;
    }

    private List<Set<TableId>> tables() {
        return watch.take().stream()
                .map(sighting -> ((Sighting.Unseen) sighting).tables())
                .toList();
    }

    private static Event event(EventType type, EventData data) {
        EventHeaderV4 header = new EventHeaderV4();
        header.setEventType(type);
        header.setNextPosition(100);
        header.setEventLength(20);
        return new Event(header, data);
    }

    private static TableMapEventData map(String table) {
        TableMapEventData map = new TableMapEventData();
        map.setDatabase("shop");
        map.setTable(table);
        return map;
    }

    private static QueryEventData query(String sql) {
        QueryEventData query = new QueryEventData();
        query.setSql(sql);
        query.setDatabase("shop");
        return query;
    }
}
