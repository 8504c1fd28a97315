package monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of Floe's metrics, as different places spell them. */
public final class MetricNames {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(floe_\\w+)` \\| (\\w+) \\|");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(floe_\\w+)");
    private static final Pattern IN_QUERY = Pattern.compile("\\bfloe_(?:capture|load)_\\w+");
    private static final Map<String, Set<String>> ENDINGS = Map.of(
            "gauge", Set.of(""),
            "counter", Set.of(""),
            "timer", Set.of("_count", "_sum", "_max"),
            "histogram", Set.of("_count", "_sum", "_max", "_bucket"));

    private MetricNames() {}

    /** Those that the table in docs/operations.md tells of, with the endings of their kinds. */
    public static Set<String> documented() throws IOException {
        return found(ROW, Files.readString(Path.of("docs/operations.md")))
                .flatMap(row -> ENDINGS.get(row.group(2)).stream().map(row.group(1)::concat))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those in what the management port shows. */
    public static Set<String> shown(String metrics) {
        return found(SAMPLE, metrics).map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that a query asks for. */
    static Set<String> in(String query) {
        return found(IN_QUERY, query).map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
