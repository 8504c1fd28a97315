package floe.progress;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.TableId;
import floe.snowflake.TableUnready;
import floe.snowflake.TableWaits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadedTablesTest {

    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final Instant BEGAN = Instant.parse("2026-11-22T10:00:00.123Z");

    private final List<String> warnings = new ArrayList<>();
    private Instant now = BEGAN;
    private final LoadedTables tables = new LoadedTables(
            new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            warnings::add);

    @Test
    void aTableWaitsForAsLongAsOneOfItsFilesDoes() {
        tables.readToEnd("one", List.of(waits(ORDERS)));
        now = BEGAN.plus(Duration.ofHours(1));
        tables.readToEnd("two", List.of(setAside(ORDERS)));
        tables.readToEnd("two", List.of(waits(ORDERS)));

        tables.readToEnd("one", List.of());

        assertThat(tables.unready()).containsExactly("shop.orders: waiting since 2026-11-22T10:00:00Z: waits");
        tables.readToEnd("two", List.of());
        assertThat(tables.unready()).isEmpty();
        assertThat(tables.counts()).isEqualTo(Map.of(TableState.READY, 1));
    }

    @Test
    void aFileThatAnotherLoaderTookHoldsNoTable() {
        tables.unready("gone", waits(ORDERS));

        tables.keep(file -> false);

        assertThat(tables.counts()).isEqualTo(Map.of(TableState.READY, 1));
    }

    @Test
    void aTableInASnapshotIsCountedOnce() {
        tables.reading(ORDERS, true);
        assertThat(tables.counts()).isEqualTo(Map.of(TableState.READING, 1));

        tables.unready("one", setAside(ORDERS));

        assertThat(tables.counts()).isEqualTo(Map.of(TableState.SET_ASIDE, 1));
    }

    @Test
    void ofThousandsAFewAreNamedThoseFirstThatWaitForAnOperator() {
        List<TableUnready> many = IntStream.range(0, 10_000)
                .mapToObj(i -> new TableId("shop", "t%04d".formatted(i)))
                .map(table -> table.table().endsWith("999") ? setAside(table) : waits(table))
                .toList();

        IntStream.range(0, 100).forEach(file -> tables.readToEnd("file " + file, many));

        assertThat(tables.counts()).isEqualTo(Map.of(TableState.WAITING, 9_990, TableState.SET_ASIDE, 10));
        assertThat(tables.unready())
                .hasSize(11)
                .startsWith("shop.t0999: set aside since 2026-11-22T10:00:00Z: is set aside")
                .endsWith("and 9990 more tables");
        assertThat(warnings).hasSize(11).endsWith("and 9990 more tables");
    }

    @Test
    void aStateIsLoggedWhenItIsNewAndNotForEachFileAndTry() {
        tables.readToEnd("one", List.of(new TableWaits(ORDERS, "Line 1 waits")));
        tables.readToEnd("one", List.of(new TableWaits(ORDERS, "Line 1 waits")));
        tables.readToEnd("two", List.of(new TableWaits(ORDERS, "Line 2 waits")));
        tables.unready("three", new TableWaits(ORDERS, "Line 3 waits"));
        assertThat(warnings).containsExactly("shop.orders is waiting, and others go on: Line 1 waits");

        tables.unready("two", setAside(ORDERS));

        assertThat(warnings).hasSize(2).last().asString().startsWith("shop.orders is set aside");
    }

    @Test
    void whatWaitedForAnythingElseIsLoggedOnceItIsKnownToWaitForItsTable() {
        tables.unready("one", ORDERS, TableState.WAITING, "Snowflake does not answer");
        assertThat(warnings).isEmpty();

        tables.unready("one", waits(ORDERS));
        tables.unready("one", ORDERS, TableState.WAITING, "Snowflake does not answer");
        tables.unready("one", waits(ORDERS));

        assertThat(warnings).hasSize(1);
    }

    private static TableUnready waits(TableId table) {
        return new TableWaits(table, "waits");
    }

    private static TableUnready setAside(TableId table) {
        return new TableUnready(table, "is set aside");
    }
}
