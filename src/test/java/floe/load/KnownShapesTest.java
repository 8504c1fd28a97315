package floe.load;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.ChangeType;
import floe.change.Column;
import floe.change.Position;
import floe.change.TableChange;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KnownShapesTest {

    private static final TableId PERSONS = new TableId("CDC_schema", "Persons");
    private static final TableId CITIES = new TableId("CDC_schema", "Cities");

    private final KnownShapes shapes = new KnownShapes(List.of(PERSONS, CITIES));

    @Property(tries = 50)
    void theNewestWinsInAnyOrderOnAnyThread(@ForAll("orders") List<Integer> offsets) {
        KnownShapes known = new KnownShapes(List.of(PERSONS));

        offsets.parallelStream().forEach(offset -> known.learn(definition(PERSONS, offset)));

        assertThat(known.of(PERSONS)).contains(new KnownShapes.Known(shape(9), position(9)));
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.shuffle(IntStream.rangeClosed(1, 9).boxed().toList());
    }

    @Test
    void eachTableHasItsOwn() {
        shapes.learn(definition(PERSONS, 7));
        shapes.learn(definition(CITIES, 3));

        assertThat(shapes.of(PERSONS)).contains(new KnownShapes.Known(shape(7), position(7)));
        assertThat(shapes.of(CITIES)).contains(new KnownShapes.Known(shape(3), position(3)));
    }

    @Test
    void aDroppedTableStaysDroppedWhenAnOlderDefinitionComesLate() {
        shapes.learn(new TableChange(PERSONS, ChangeType.QUERY, null, position(8)));
        shapes.learn(definition(PERSONS, 7));

        assertThat(shapes.of(PERSONS)).contains(new KnownShapes.Known(null, position(8)));
    }

    @Test
    void atOnePositionATableThatIsThereBeatsOneThatIsGone() {
        shapes.learn(new TableChange(PERSONS, ChangeType.QUERY, null, position(8)));
        shapes.learn(definition(PERSONS, 8));
        shapes.learn(new TableChange(PERSONS, ChangeType.QUERY, null, position(8)));

        assertThat(shapes.of(PERSONS)).contains(new KnownShapes.Known(shape(8), position(8)));
    }

    @Test
    void whatTellsNothingOfTheShapeIsNotKept() {
        shapes.learn(new TableChange(PERSONS, ChangeType.TRUNCATE, null, position(8)));
        shapes.learn(new TableChange(PERSONS, ChangeType.QUERY, null, Position.ofLine(1_700_000_000, 1, 0)));

        assertThat(shapes.of(PERSONS)).isEmpty();
    }

    @Test
    void tablesThatNobodyConfiguredTakeNoRoom() {
        TableId other = new TableId("CDC_schema", "Others");

        shapes.learn(definition(other, 1));

        assertThat(shapes.of(other)).isEmpty();
    }

    private static TableChange definition(TableId table, int offset) {
        return new TableChange(table, ChangeType.QUERY, shape(offset), position(offset));
    }

    private static TableShape shape(int offset) {
        return new TableShape(
                List.of("id"),
                List.of(
                        Column.named("id", "int").nullable(false).build(),
                        Column.named("c" + offset, "int").build()));
    }

    private static Position position(int offset) {
        return new Position(1_795_367_406, 3, offset, 0);
    }
}
