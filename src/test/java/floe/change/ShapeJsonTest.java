package floe.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeJsonTest {

    private static final TableId PERSONS = new TableId("CDC_schema", "Persons");
    private static final Position POSITION = new Position(1_795_367_406, 3, 4_711, 0);

    @Property(tries = 500)
    void anyShapeIsReadAsItWasWritten(@ForAll("shapes") TableShape shape) throws IOException {
        assertThat(read(written(shape))).isEqualTo(shape);
    }

    @Provide
    Arbitrary<TableShape> shapes() {
        return columns().list().ofMaxSize(6).uniqueElements(Column::name).flatMap(columns -> {
            List<String> names = columns.stream().map(Column::name).toList();
            Arbitrary<List<String>> keys = names.isEmpty()
                    ? Arbitraries.just(List.of())
                    : Arbitraries.of(names).list().uniqueElements().ofMaxSize(names.size());
            return keys.map(key -> new TableShape(key, columns));
        });
    }

    private static Arbitrary<Column> columns() {
        Arbitrary<Integer> digits = Arbitraries.integers().greaterOrEqual(0).injectNull(0.5);
        Arbitrary<Column.Builder> begun = Combinators.combine(
                        texts(1), Arbitraries.of("int", "bigint", "varchar", "enum"))
                .as(Column::named);
        return Combinators.combine(
                        begun,
                        Arbitraries.longs().greaterOrEqual(0).injectNull(0.5),
                        digits,
                        digits,
                        Arbitraries.integers().between(0, 6).injectNull(0.5),
                        Arbitraries.of(true, false).list().ofSize(3),
                        texts(0).injectNull(0.5).tuple2(),
                        texts(0).list().ofMaxSize(3))
                .as((column, length, precision, scale, fraction, flags, words, members) -> column.length(length)
                        .precision(precision)
                        .scale(scale)
                        .fraction(fraction)
                        .unsigned(flags.get(0))
                        .nullable(flags.get(1))
                        .generated(flags.get(2))
                        .defaultValue(words.get1())
                        .charset(words.get2())
                        .members(members)
                        .build());
    }

    /** Any text that UTF-8 can hold, hence without halves of surrogate pairs. */
    private static Arbitrary<String> texts(int shortest) {
        return Arbitraries.oneOf(
                        Arbitraries.of('"', '\\', '\'', '\n', '\0', '\u2028').map(String::valueOf),
                        Arbitraries.integers().between(0, 0xd7ff).map(Character::toString),
                        Arbitraries.integers().between(0xe000, 0x10ffff).map(Character::toString))
                .list()
                .ofMinSize(shortest)
                .ofMaxSize(5)
                .map(characters -> String.join("", characters));
    }

    @Test
    void whatIsNullFalseOrEmptyIsLeftOut() throws IOException {
        var shape = new TableShape(
                List.of("id"),
                List.of(
                        Column.named("id", "bigint")
                                .unsigned(true)
                                .nullable(false)
                                .build(),
                        Column.named("name", "varchar")
                                .length(40L)
                                .defaultValue("x")
                                .build()));

        assertThat(written(shape))
                .contains(
                        "\"shape\":{\"key\":[\"id\"],\"columns\":["
                                + "{\"name\":\"id\",\"type\":\"bigint\",\"unsigned\":true,\"nullable\":false},"
                                + "{\"name\":\"name\",\"type\":\"varchar\",\"length\":40,\"nullable\":true,\"default\":\"x\"}]}");
    }

    @Test
    void fieldsThatFloeDoesNotKnowAreIgnored() {
        String line =
                definition("{\"new\":1,\"columns\":[{\"name\":\"a\",\"type\":\"int\",\"nullable\":true,\"new\":{}}]}");

        assertThat(read(line))
                .isEqualTo(new TableShape(
                        List.of(), List.of(Column.named("a", "int").build())));
    }

    @Test
    void withoutAShapeTheTableWasDropped() throws IOException {
        assertThat(read(written(null))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "[]",
                "{}",
                "{\"columns\":{}}",
                "{\"columns\":[1]}",
                "{\"columns\":[{\"name\":\"a\",\"nullable\":true}]}",
                "{\"columns\":[{\"name\":\"a\",\"type\":\"int\"}]}",
                "{\"columns\":[{\"name\":\"\",\"type\":\"int\",\"nullable\":true}]}",
                "{\"columns\":[{\"name\":\"a\",\"type\":\"int\",\"nullable\":\"yes\"}]}",
                "{\"columns\":[{\"name\":\"a\",\"type\":\"int\",\"nullable\":true,\"length\":-1}]}",
                "{\"columns\":[{\"name\":\"a\",\"type\":\"int\",\"nullable\":true,\"scale\":4294967296}]}",
                "{\"columns\":[{\"name\":\"a\",\"type\":\"int\",\"nullable\":true,\"fraction\":7}]}",
                "{\"columns\":[{\"name\":\"a\",\"type\":\"set\",\"nullable\":true,\"members\":[1]}]}",
                "{\"key\":[\"b\"],\"columns\":[{\"name\":\"a\",\"type\":\"int\",\"nullable\":true}]}"
            })
    void aDamagedShapeMakesTheLineUnfit(String shape) {
        assertThatThrownBy(() -> read(definition(shape)))
                .hasMessageContaining("The event's field 'shape' is damaged: ")
                .asInstanceOf(InstanceOfAssertFactories.type(UnfitChange.class))
                .extracting(UnfitChange::reason)
                .isEqualTo(UnfitChange.Reason.NOT_AN_EVENT);
    }

    private static String definition(String shape) {
        return "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"QueryEvent\",\"shape\":" + shape
                + ",\"position\":\"" + POSITION + "\"}";
    }

    private static String written(TableShape shape) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(out)) {
            var source = new ChangeWriter.Source("server", null, 1_795_367_406_199L, false);
            writer.writeTable(PERSONS, ChangeType.QUERY, shape, POSITION, source);
        }
        return out.toString(UTF_8);
    }

    private static TableShape read(String line) {
        return ((TableChange) new ChangeReader().read(line.stripTrailing(), POSITION)).shape();
    }
}
