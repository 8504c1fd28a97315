package floe.load;

import static floe.load.Mirrors.LEVELS;
import static floe.load.Mirrors.LEVEL_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.UnfitChange.Reason;
import floe.letters.DeadLetter;
import floe.load.Source.Event;
import floe.load.Source.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A row whose key changes to another spelling of the same key: it is deleted and written at one position. Its lines in each
 * order, each of them once or more, in one file or in several, leave the row there.
 */
class OnePositionTest {

    /** {@code UPDATE t SET k = -0e0 WHERE k = 0}, after the row was inserted. */
    private static final List<String> LINES = new Source(LEVELS, LEVEL_KEYS)
            .after(List.of(new Event(Kind.WRITE, 0, 0, 6, 1), new Event(Kind.MOVE, 0, 1, 7, 1)))
            .lines();

    /** As Java spells these values: there they differ in the sign alone, which a decimal number does not have. */
    private static final List<String> WITH_POINT = new Source(LEVELS, LEVEL_KEYS)
            .after(List.of(new Event(Kind.WRITE, 2, 0, 6, 1), new Event(Kind.MOVE, 2, 1, 7, 1)))
            .lines();

    /** The same in one line, as a template of row mode or a legacy event has it. */
    private static final List<String> IN_ONE = new Source(LEVELS, LEVEL_KEYS)
            .after(List.of(new Event(Kind.WRITE, 0, 0, 6, 1), new Event(Kind.MOVE_IN_ONE, 0, 1, 7, 1)))
            .lines();

    private static Mirrors mirrors;

    @BeforeAll
    static void start() throws Exception {
        mirrors = new Mirrors();
    }

    @AfterAll
    static void stop() throws Exception {
        mirrors.close();
    }

    private interface Load {
        List<DeadLetter> file(Delivery.Staged file) throws SQLException;
    }

    @Test
    void theRowIsThereAfterBatches() throws Exception {
        eachWayLeavesTheRow(LINES, file -> mirrors.load(file, 100));
        eachWayLeavesTheRow(WITH_POINT, file -> mirrors.load(file, 100));
    }

    @Test
    void theRowIsThereAfterBatchesOfOneChange() throws Exception {
        eachWayLeavesTheRow(LINES, file -> mirrors.load(file, 1));
    }

    @Test
    void theRowIsThereAfterTheProceduresThatTakeOneChangeACall() throws Exception {
        eachWayLeavesTheRow(LINES, file -> mirrors.loadByRow(file));
        eachWayLeavesTheRow(IN_ONE, file -> mirrors.loadByRow(file));
    }

    @Test
    void theRowIsThereThoughTheDeleteWasForgottenBeforeTheWriteCame() throws Exception {
        mirrors.clear();
        mirrors.load(Delivery.file(0, List.of(LINES.get(0), LINES.get(1))), 100);
        mirrors.purge(LEVELS);

        List<DeadLetter> letters = mirrors.load(Delivery.file(1, List.of(LINES.get(2))), 100);

        assertThat(letters).isEmpty();
        assertThat(mirrors.rows(LEVELS, LEVEL_KEYS)).isEqualTo(Map.of("[0]", "7"));
    }

    /** A later delete of the same key may have been purged: nobody can tell. */
    @Test
    void aWriteBelowTheHorizonIsADeadLetterThoughItBeatsTheDeleteBesideIt() throws Exception {
        afterALaterDeleteWasForgotten();

        List<DeadLetter> letters = mirrors.load(Delivery.file(1, List.of(LINES.get(1), LINES.get(2))), 100);

        assertThat(letters).extracting(DeadLetter::reason).containsExactly(Reason.BELOW_HORIZON);
    }

    @Test
    void aWriteBelowTheHorizonIsADeadLetterThoughItBeatsItsTombstone() throws Exception {
        afterALaterDeleteWasForgotten();
        mirrors.load(Delivery.file(1, List.of(LINES.get(1))), 100);

        List<DeadLetter> letters = mirrors.load(Delivery.file(2, List.of(LINES.get(2))), 100);

        assertThat(letters).extracting(DeadLetter::reason).containsExactly(Reason.BELOW_HORIZON);
    }

    private static void afterALaterDeleteWasForgotten() throws Exception {
        List<String> later = new Source(LEVELS, LEVEL_KEYS)
                .after(List.of(new Event(Kind.WRITE, 3, 0, 8, 8), new Event(Kind.DELETE, 3, 0, 0, 8)))
                .lines();
        mirrors.clear();
        mirrors.load(Delivery.file(0, later), 100);
        mirrors.purge(LEVELS);
    }

    private static void eachWayLeavesTheRow(List<String> lines, Load load) throws SQLException {
        for (List<String> order : orders(lines)) {
            for (int cuts = 0; cuts < (1 << (order.size() - 1)); cuts++) {
                mirrors.clear();
                for (List<String> file : cut(order, cuts)) {
                    assertThat(load.file(Delivery.file(0, file))).isEmpty();
                }
                assertThat(mirrors.rows(LEVELS, LEVEL_KEYS))
                        .as("%s, cut %s", order, Integer.toBinaryString(cuts))
                        .isEqualTo(Map.of("[0]", "7"));
            }
        }
    }

    /** All orders of the lines, and all in which one of them comes a second time. */
    private static List<List<String>> orders(List<String> lines) {
        List<List<String>> orders = new ArrayList<>();
        extend(List.of(), lines, lines.size(), orders);
        extend(List.of(), lines, lines.size() + 1, orders);
        return orders;
    }

    private static void extend(List<String> begun, List<String> lines, int length, List<List<String>> orders) {
        if (begun.size() == length) {
            if (begun.containsAll(lines)) {
                orders.add(begun);
            }
            return;
        }
        for (String line : lines) {
            List<String> longer = new ArrayList<>(begun);
            longer.add(line);
            extend(longer, lines, length, orders);
        }
    }

    /** The lines in files: a bit of {@code cuts} that is set ends one. */
    private static List<List<String>> cut(List<String> lines, int cuts) {
        List<List<String>> files = new ArrayList<>();
        List<String> file = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            file.add(lines.get(i));
            if (i == lines.size() - 1 || ((cuts >> i) & 1) == 1) {
                files.add(file);
                file = new ArrayList<>();
            }
        }
        return files;
    }
}
