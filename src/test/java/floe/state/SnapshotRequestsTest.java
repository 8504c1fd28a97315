package floe.state;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.TableId;
import floe.state.SnapshotRequests.Request;
import floe.state.SnapshotRequests.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of snapshots is found as it was asked, whatever tables are called. */
class SnapshotRequestsTest {

    @TempDir
    Path folder;

    private SnapshotRequests requests;

    @BeforeEach
    void begin() {
        requests = SnapshotRequests.in(folder);
    }

    @Test
    void namesOfAnyCharactersHoldUpNoOther() throws IOException {
        List<TableId> tables = List.of(
                new TableId("shop", "a.b"),
                new TableId("sh`op", "two\nlines"),
                new TableId("staff & co", "\r\n"),
                new TableId("s", "\n"),
                new TableId("s", "straße"));

        requests.ask(Wish.READ, tables);
        requests.ask(Wish.CANCEL, List.of(new TableId("shop", "items")));

        assertThat(requests.open()).hasSize(2).anySatisfy(request -> {
            assertThat(request.wish()).isEqualTo(Wish.READ);
            assertThat(request.tables()).isEqualTo(tables);
        });
        requests.close(requests.open());
        assertThat(requests.open()).isEmpty();
    }

    @Test
    void whatAnEarlierFloeLeftIsRead() throws IOException {
        Files.writeString(folder.resolve("snapshot-request-1-a"), "READ\nshop.items\nshop.`odd name`\n");

        assertThat(requests.open())
                .singleElement()
                .extracting(Request::tables)
                .isEqualTo(List.of(new TableId("shop", "items"), new TableId("shop", "odd name")));
    }
}
