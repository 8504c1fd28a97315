package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.TableId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoundTest {

    private static final TableId ITEMS = new TableId("shop", "items");

    private final Found found = new Found();

    @Test
    void aStateIsCompletedByWhatCameAfterItWasMade() {
        found.add(List.of(unseen("one", 1)));
        long made = found.last();
        found.add(List.of(unseen("two", 2), unseen("one", 3)));

        assertThat(found.after(0)).containsExactlyInAnyOrder(unseen("one", 3), unseen("two", 2));
        assertThat(found.after(made)).containsExactlyInAnyOrder(unseen("one", 3), unseen("two", 2));
        assertThat(found.after(found.last())).isEmpty();
    }

    private static Sighting.Unseen unseen(String what, long offset) {
        return new Sighting.Unseen(Set.of(ITEMS), what, new BinlogPlace("binlog.000003", offset, null, 0));
    }
}
