package floe.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

    private static final CaptureState STATE = new CaptureState(
            "uuid", "binlog", 1_795_367_406, "1795367406-0000000003-000000004711-0000000003", Map.of("pos", 4_711L));

    @TempDir
    Path folder;

    @Test
    void noFileIsNoState() throws IOException {
        assertThat(new StateFile(folder.resolve("state.json")).read()).isEmpty();
    }

    @Test
    void readsWhatItWrote() throws IOException {
        StateFile file = new StateFile(folder.resolve("state.json"));

        file.write(CaptureState.initial("uuid", "binlog"));
        file.write(STATE);

        assertThat(file.read()).contains(STATE);
    }

    @Test
    void readsWhatHasDiverged() throws IOException {
        StateFile file = new StateFile(folder.resolve("state.json"));
        TableId table = new TableId("shop", "items");
        BinlogPlace at = new BinlogPlace("binlog.000003", 4, null, 0);
        CaptureState state = STATE.withDiverged(DivergedTables.NONE
                .after(new Sighting.Unseen(Set.of(table), "INSERT", at), 1, Set.of(table))
                .after(new Sighting.Prepared("X'61',X'',1", Set.of(table), at), 1, Set.of(table)));

        file.write(state);

        assertThat(file.read()).contains(state);
    }

    @Test
    void readsWhichTablesWereCaptured() throws IOException {
        StateFile file = new StateFile(folder.resolve("state.json"));
        CaptureState state = CaptureState.initial("uuid", "binlog")
                .capturing(
                        Set.of(new TableId("shop", "items"), new TableId("a.b", "or,der `s")), Set.of(), Instant.EPOCH);

        file.write(state);

        assertThat(file.read()).contains(state);
        assertThat(Files.readString(folder.resolve("state.json"))).contains("[\"`a.b`.`or,der ``s`\",\"shop.items\"]");
    }

    @Test
    void aStateOfBeforeTablesCouldDivergeHasNone() throws IOException {
        Path path = folder.resolve("state.json");
        Files.writeString(
                path,
                "{\"server\":\"uuid\",\"binlog\":\"binlog\",\"epoch\":1795367406,"
                        + "\"position\":\"1795367406-0000000003-000000004711-0000000003\",\"offset\":{\"pos\":4711}}");

        assertThat(new StateFile(path).read()).contains(STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "null x", "{\"server\":\"uuid\"}", "torn \u0000"})
    void unreadableStateIsNeverTakenForNew(String content) throws IOException {
        Path path = folder.resolve("state.json");
        Files.writeString(path, content);

        assertThatThrownBy(new StateFile(path)::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("unreadable");
    }

    @Test
    void aCrashWhileWritingLeavesTheOldState() throws IOException {
        Path path = folder.resolve("state.json");
        StateFile file = new StateFile(path);
        file.write(STATE);
        Files.writeString(folder.resolve("state.json.new"), "{\"server\":\"uu");

        assertThat(file.read()).contains(STATE);
    }
}
