package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Column;
import floe.change.TableChange;
import floe.change.TableId;
import floe.change.TableShape;
import floe.mysql.SourceSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What capture sends of a table, and what MySQL says of it now, are one shape. */
class OneShapeTest {

    private static final TableId TABLE = new TableId("shop", "everything");

    private static final String COLUMNS =
            """
            Id INT, big_u BIGINT(20) UNSIGNED,
            tiny TINYINT, flag TINYINT(1), yes BOOL, tiny_u TINYINT UNSIGNED, small_z SMALLINT(4) ZEROFILL,
            medium_u MEDIUMINT UNSIGNED, middle MIDDLEINT, plain INTEGER SIGNED, eight INT8, big BIGINT NOT NULL,
            amount DECIMAL(20,4), huge DECIMAL(65,30), short DEC(5), fixed_d FIXED(9,2) UNSIGNED, any_n NUMERIC,
            single_p FLOAT, single_7 FLOAT(7,3), single_24 FLOAT(24), single_25 FLOAT(25), single_4 FLOAT4,
            double_p DOUBLE PRECISION, real_d REAL, double_9 DOUBLE(9,2) UNSIGNED, double_8 FLOAT8,
            bit_d BIT, bit_1 BIT(1), bit_10 BIT(10),
            name VARCHAR(255) NOT NULL, latin VARCHAR(20) CHARACTER SET latin1, fixed CHAR(5), one CHAR,
            national_c NATIONAL CHAR(4), national_v NATIONAL VARCHAR(9), vary CHARACTER VARYING(7),
            compared VARCHAR(9) BINARY, bytes_v VARCHAR(20) CHARACTER SET binary, bytes_t TEXT CHARACTER SET binary,
            tiny_t TINYTEXT, body TEXT, medium_t MEDIUMTEXT, long_t LONGTEXT, long_v LONG VARCHAR,
            raw VARBINARY(10), padded BINARY(4), one_b BINARY,
            tiny_b TINYBLOB, data BLOB, medium_b MEDIUMBLOB, long_b LONGBLOB, sized BLOB(100), sized_m BLOB(70000),
            day DATE, moment DATETIME, moment_6 DATETIME(6), stamp TIMESTAMP(3) NULL, span TIME, span_6 TIME(6),
            since YEAR, size ENUM('small','it''s "big"','a,b','back\\\\slash') NOT NULL DEFAULT 'small',
            tags SET('a','b','c') CHARACTER SET latin1, doc JSON, place POINT, shape GEOMETRY,
            many GEOMETRYCOLLECTION, lines_g MULTILINESTRING,
            PRIMARY KEY (big_u, Id)
            """;

    @TempDir
    Path state;

    @Test
    void captureAndTheSchemaSayTheSameOfEveryType() throws Exception {
        try (CaptureWorld world = new CaptureWorld(state)) {
            world.mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.everything (" + COLUMNS + ")");
            try (var floe = world.capture(TABLE.toString())) {
                awaitShape(world, 1);
                assertThat(newest(world)).as("of a snapshot").isEqualTo(schema(world));

                world.mysql.execute("DROP TABLE shop.everything", "CREATE TABLE shop.everything (" + COLUMNS + ")");
                awaitShape(world, 2);
                assertThat(newest(world)).as("of the statement that made it").isEqualTo(schema(world));

                world.mysql.execute("ALTER TABLE shop.everything ADD more DEC(7,1) UNSIGNED NOT NULL AFTER Id,"
                        + " DROP COLUMN tiny, MODIFY name NATIONAL VARCHAR(300),"
                        + " DROP PRIMARY KEY, ADD PRIMARY KEY (Id, more)");
                awaitShape(world, 3);
                assertThat(newest(world)).as("of an alteration").isEqualTo(schema(world));

                awaitRow(world, 1);
                assertThat(definitions(world)).as("its rows tell no other").hasSize(3);
            }
            try (var floe = world.capture(TABLE.toString())) {
                awaitRow(world, 2);
                assertThat(definitions(world)).as("nor after a restart").hasSize(3);
            }
        }
    }

    private static void awaitRow(CaptureWorld world, int id) throws Exception {
        world.mysql.execute(
                "INSERT INTO shop.everything (Id, big_u, more, big, name) VALUES (" + id + ", 1, 1, 1, 'x')");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(world.rowChanges())
                .anySatisfy(row -> assertThat(row.image().path("Id").asInt()).isEqualTo(id)));
    }

    private static void awaitShape(CaptureWorld world, int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(definitions(world)).hasSizeGreaterThanOrEqualTo(count));
    }

    private static List<TableChange> definitions(CaptureWorld world) {
        return world.changes().stream()
                .filter(TableChange.class::isInstance)
                .map(TableChange.class::cast)
                .filter(change -> change.shape() != null)
                .toList();
    }

    private static TableShape newest(CaptureWorld world) {
        return known(definitions(world).stream()
                .max(Comparator.comparing(TableChange::position))
                .orElseThrow()
                .shape());
    }

    private static TableShape schema(CaptureWorld world) throws Exception {
        try (Connection mysql = world.mysql.captureConnection()) {
            return known(SourceSchema.read(mysql, TABLE));
        }
    }

    /** What both know: of defaults and of what a table's own character set gives Debezium has another idea. */
    private static TableShape known(TableShape shape) {
        return new TableShape(
                shape.key(),
                shape.columns().stream()
                        .map(column -> Column.named(column.name(), column.type())
                                .unsigned(column.unsigned())
                                .length(column.length())
                                .precision(column.precision())
                                .scale(column.scale())
                                .fraction(column.fraction())
                                .nullable(column.nullable())
                                .members(column.members())
                                .build())
                        .toList());
    }
}
