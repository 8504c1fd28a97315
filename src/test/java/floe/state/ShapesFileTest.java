package floe.state;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Column;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesFileTest {

    private static final TableId ITEMS = new TableId("shop", "items");
    private static final TableId ODD = new TableId("sh.op", "caf\u00e9 \"x\"");
    private static final TableShape SHAPE = new TableShape(
            List.of("id"),
            List.of(
                    Column.named("id", "bigint").unsigned(true).build(),
                    Column.named("kind", "enum")
                            .charset("latin1")
                            .members(List.of("a,b", "\u00e9"))
                            .nullable(true)
                            .defaultValue("a,b")
                            .build()));

    private static final Position AT = new Position(1_764_000_000L, 1, 4, 0);
    private static final Position BEFORE = new Position(1_763_000_000L, 1, 4, 0);

    @TempDir
    Path folder;

    @Test
    void noFileIsNoShape() throws IOException {
        assertThat(ShapesFile.in(folder).shapes()).isEmpty();
    }

    @Test
    void readsWhatItSaved() throws IOException {
        ShapesFile file = ShapesFile.in(folder);
        file.put(ITEMS, SHAPE, AT);
        file.put(ODD, new TableShape(List.of(), List.of()), AT);

        file.save();

        assertThat(ShapesFile.in(folder).shapes())
                .isEqualTo(file.shapes())
                .containsEntry(ITEMS, SHAPE)
                .containsOnlyKeys(ITEMS, ODD);
    }

    @Test
    void whatIsNotSavedDoesNotLast() throws IOException {
        ShapesFile.in(folder).put(ITEMS, SHAPE, AT);

        assertThat(ShapesFile.in(folder).shapes()).isEmpty();
    }

    @Test
    void aTableThatIsGoneIsForgotten() throws IOException {
        ShapesFile file = ShapesFile.in(folder);
        file.put(ITEMS, SHAPE, AT);
        file.put(ODD, SHAPE, AT);
        file.save();

        file.put(ITEMS, null, AT);
        file.save();

        assertThat(ShapesFile.in(folder).shapes()).containsOnlyKeys(ODD);
    }

    @Test
    void whatASnapshotTellsOfThePastReplacesNothingNewer() throws IOException {
        ShapesFile file = ShapesFile.in(folder);
        file.put(ITEMS, SHAPE, AT);
        file.put(ITEMS, new TableShape(List.of(), List.of()), BEFORE);
        file.put(ODD, null, AT);
        file.put(ODD, SHAPE, BEFORE);
        file.save();

        ShapesFile again = ShapesFile.in(folder);
        again.put(ITEMS, new TableShape(List.of(), List.of()), BEFORE);

        assertThat(file.shapes()).isEqualTo(again.shapes()).isEqualTo(Map.of(ITEMS, SHAPE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[1]",
                "torn \u0000",
                "{\"shop\":{\"items\":{\"key\":[\"id\"],\"col",
                "{\"shop\":7}",
                "{\"shop\":{\"items\":7}}",
                "{\"shop\":{\"items\":{\"key\":[\"id\"],\"columns\":[]}}}",
                "{\"shop\":{\"items\":{\"key\":7,\"columns\":[{\"name\":\"id\"}]}}}"
            })
    void whatCannotBeReadIsAsIfItWereNotThere(String content) throws IOException {
        Files.writeString(folder.resolve("shapes.json"), content);

        ShapesFile file = ShapesFile.in(folder);

        assertThat(file.shapes()).isEmpty();
        file.put(ITEMS, SHAPE, AT);
        file.save();
        assertThat(ShapesFile.in(folder).shapes()).containsOnlyKeys(ITEMS);
    }

    @Test
    void oneTableThatCannotBeReadCostsNoOther() throws IOException {
        ShapesFile file = ShapesFile.in(folder);
        file.put(ODD, SHAPE, AT);
        file.save();
        Path path = folder.resolve("shapes.json");
        Files.writeString(path, Files.readString(path).replaceFirst("\\{", "{\"shop\":{\"items\":{}},"));

        assertThat(ShapesFile.in(folder).shapes()).containsOnlyKeys(ODD);
    }

    @Test
    void aCrashWhileSavingLeavesTheOldShapes() throws IOException {
        ShapesFile file = ShapesFile.in(folder);
        file.put(ITEMS, SHAPE, AT);
        file.save();
        Files.writeString(folder.resolve("shapes.json.new"), "{\"shop\":{");

        assertThat(ShapesFile.in(folder).shapes()).containsOnlyKeys(ITEMS);
    }
}
