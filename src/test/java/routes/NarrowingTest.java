package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.Events.person;
import static routes.Events.write;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls it takes to find the unfit rows of a batch. */
class NarrowingTest {

    private static final int ROWS = 1_000;

    /** Halving a thousand rows ten times leaves one. */
    private static final int HALVINGS = 10;

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    /** Each halving on the way to an unfit row is two calls, and the whole batch is one. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "8, 3"})
    void eachUnfitRowCostsAtMostTwoCallsPerHalving(int unfit, long seed) throws Exception {
        var random = new Random(seed);
        var lines = new TreeSet<Integer>();
        while (lines.size() < unfit) {
            lines.add(1 + random.nextInt(ROWS));
        }
        String file = world.stage(IntStream.rangeClosed(1, ROWS)
                .mapToObj(id -> {
                    String line = write(id, person(id, "n", "c"));
                    return lines.contains(id) ? line.replace("\"PersonID\":" + id + ",", "\"PersonID\":\"x\",") : line;
                })
                .toArray(String[]::new));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters())
                .extracting(letter -> letter.get("line").asInt())
                .containsExactlyElementsOf(List.copyOf(lines));
        assertThat(world.persons()).hasSize(ROWS - unfit);
        assertThat(world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.APPLY_PERSONS"))
                .isLessThanOrEqualTo(2L * HALVINGS * unfit + 1);
    }
}
