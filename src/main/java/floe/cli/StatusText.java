package floe.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.TableId;
import floe.change.TablePatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a process tells of its stages, for people. */
final class StatusText {

    /** Of tables: nobody has to look at them. */
    private static final Set<String> IN_ORDER = Set.of("streaming", "ready");

    /** So many tables are shown of those that nobody has named. */
    private static final int MOST_TABLES = 50;

    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";

    /** A name from MySQL may hold what a terminal obeys. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f&&[^\\n]]");

    private final TablePatterns named;
    private final boolean colours;

    /**
     * @param named tables that are shown in any state; null for those alone that are not in order
     * @param colours whether it is for a terminal that shows them
     */
    StatusText(TablePatterns named, boolean colours) {
        this.named = named;
        this.colours = colours;
    }

    /** Lines, each with its end. */
    String of(ObjectNode process) {
        List<String> lines = new ArrayList<>();
        lines.add(shown(process.path("at")));
        process.path("trouble").properties().forEach(entry -> {
            lines.add("  " + coloured(RED, oneLine(entry.getKey())));
            lines.addAll(indented(shown(entry.getValue().asText())));
        });
        process.path("stages").forEach(stage -> stage(stage, lines));
        return lines.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
    }

    private void stage(JsonNode stage, List<String> lines) {
        boolean ready = stage.path("ready").asBoolean();
        lines.add("  %-8s %s   %s   %s"
                .formatted(
                        shown(stage.path("stage")),
                        ready ? coloured(GREEN, "works") : coloured(RED, "is not ready"),
                        rate(stage),
                        lag(stage)));
        if (!ready) {
            lines.addAll(indented(shown(stage.path("trouble").asText())));
        }
        if (stage.has("position") && !stage.path("position").asText().isEmpty()) {
            lines.addAll(indented("acknowledged up to " + shown(stage.path("position"))));
        }
        if (stage.has("staged_files")) {
            lines.addAll(indented(files(stage)));
            lines.addAll(indented(letters(stage)));
            lines.addAll(indented("Snowflake: " + shown(stage.path("warehouse"))));
        }
        tables(stage, lines);
    }

    private static String rate(JsonNode stage) {
        return stage.has("rows_per_second")
                ? String.format(
                        Locale.ROOT,
                        "%,.0f rows/s",
                        stage.path("rows_per_second").asDouble())
                : "rate unknown";
    }

    private static String lag(JsonNode stage) {
        return stage.has("lag_seconds")
                ? String.format(
                        Locale.ROOT,
                        "%,.0f s behind %s",
                        stage.path("lag_seconds").asDouble(),
                        ahead(stage))
                : "lag unknown";
    }

    private static String ahead(JsonNode stage) {
        return stage.has("staged_files") ? "S3" : "MySQL";
    }

    private static String files(JsonNode stage) {
        String files = stage.path("staged_files").asInt() + " files staged";
        if (stage.has("oldest_file_seconds")) {
            files += ", the oldest for " + stage.path("oldest_file_seconds").asLong() + " s";
        }
        return stage.path("stuck_files").asInt() == 0
                ? files
                : files + ", " + stage.path("stuck_files").asInt() + " of them stuck";
    }

    private String letters(JsonNode stage) {
        List<String> reasons = new ArrayList<>();
        long all = 0;
        for (var entry : stage.path("dead_letters").properties()) {
            reasons.add(entry.getValue().asLong() + " " + entry.getKey());
            all += entry.getValue().asLong();
        }
        return all == 0
                ? "no dead letters since the start"
                : coloured(YELLOW, all + " dead letters since the start") + ": " + String.join(", ", reasons);
    }

    /** How many there are in each state, and those by name that are worth it. */
    private void tables(JsonNode stage, List<String> lines) {
        Map<String, Integer> counts = new TreeMap<>();
        List<JsonNode> some = new ArrayList<>();
        for (JsonNode table : stage.path("tables")) {
            counts.merge(shown(table.path("state")), 1, Integer::sum);
            if (isShown(table)) {
                some.add(table);
            }
        }
        lines.addAll(indented("tables: "
                + (counts.isEmpty()
                        ? "none so far"
                        : counts.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(Collectors.joining(", ")))));
        int most = named == null ? MOST_TABLES : Integer.MAX_VALUE;
        some.stream().limit(most).forEach(table -> lines.addAll(indented("  " + line(table))));
        if (some.size() > most) {
            lines.addAll(indented("  and " + (some.size() - most) + " more; name them to see them"));
        }
    }

    private boolean isShown(JsonNode table) {
        return named == null
                ? !IN_ORDER.contains(table.path("state").asText())
                : named.contains(TableId.parse(table.path("table").asText()));
    }

    private String line(JsonNode table) {
        String state = table.path("state").asText();
        String line =
                shown(table.path("table")) + ": " + coloured(IN_ORDER.contains(state) ? GREEN : YELLOW, shown(state));
        return table.has("about") ? line + ", " + shown(table.path("about").asText()) : line;
    }

    /** Each line of the text, below that of its stage. */
    private static List<String> indented(String text) {
        return text.lines().map(line -> "    " + line).toList();
    }

    private static String shown(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    private static String shown(JsonNode name) {
        return oneLine(name.asText());
    }

    private static String oneLine(String text) {
        return shown(text).replace('\n', '?');
    }

    private String coloured(String colour, String text) {
        return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
