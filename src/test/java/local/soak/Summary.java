package local.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import local.LocalWorld;
import local.tables.Comparison;
import local.tables.Difference;

/** What was done in a run, and what came of it. */
final class Summary {

    /** Where Floe keeps dead letters. */
    static final String DEAD_LETTERS = "dead-letter/";

    private static final int EXAMPLES = 60;
    private static final int LETTERS = 20;
    private static final int LETTER_LENGTH = 1_000;

    private final List<String> lines = new ArrayList<>();
    private final boolean well;

    Summary(LocalWorld world, Writes writes, Chaos chaos, Convergence convergence) throws IOException {
        int deadLetters = world.s3().keys(LocalWorld.BUCKET, DEAD_LETTERS).size();
        Comparison comparison = convergence.comparison();
        well = comparison.isEqual() && deadLetters == 0 && writes.isWell();

        title("Written");
        new TreeMap<>(writes.told()).forEach(this::line);
        title("Strikes");
        chaos.strikes().forEach(this::line);
        line("Snowflake died in a CALL", world.snowflake().faults().deaths());
        title("Failed requests");
        line("Kinesis records rejected", world.kinesis().counters().rejectedRecords());
        faults("Kinesis calls", world.kinesis().faults().struck());
        faults("S3", world.s3().faults().struck());
        faults("Snowflake", world.snowflake().faults().struck());
        title("Delivery");
        line("records on the stream", world.kinesis().records(LocalWorld.STREAM).size());
        faults("", world.firehose().faults().struck());
        line("files staged", world.firehose().counters().objects());
        title("Result");
        line("rows compared", comparison.rows());
        line("dead letters", deadLetters);
        letters(world).stream().limit(LETTERS).forEach(letter -> lines.add("    " + letter));
        line("lost", comparison.lost());
        line("differing", comparison.differing());
        comparison.differences().stream().map(Difference::table).distinct().forEach(table -> writes.definitionsOf(table)
                .forEach(sql -> lines.add("    " + table + ", " + sql)));
        comparison.examples(EXAMPLES).forEach(example -> lines.add("    " + example));
        lines.add(String.format(Locale.ROOT, "  %-36s %.1f s", "time to converge", convergence.afterSeconds()));
    }

    /** Lines that were given up, as they are kept, cut. */
    private static List<String> letters(LocalWorld world) throws IOException {
        List<String> letters = new ArrayList<>();
        for (String key : world.s3().keys(LocalWorld.BUCKET, DEAD_LETTERS)) {
            world.s3()
                    .text(LocalWorld.BUCKET, key)
                    .lines()
                    .forEach(letter -> letters.add(letter.substring(0, Math.min(letter.length(), LETTER_LENGTH))));
        }
        return letters;
    }

    /** The report, for people. */
    List<String> lines() {
        return lines;
    }

    /** Whether nothing is lost, nothing differs and nothing was given up. */
    boolean isWell() {
        return well;
    }

    private void title(String title) {
        lines.add(title);
    }

    private void line(String name, long count) {
        lines.add(String.format(Locale.ROOT, "  %-36s %d", name, count));
    }

    private void faults(String of, Map<? extends Enum<?>, Integer> counts) {
        counts.forEach((fault, count) ->
                line((of + " " + fault.name().toLowerCase(Locale.ROOT).replace('_', ' ')).strip(), count));
    }
}
