package floe.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.capture.CaptureSettings;
import floe.change.TableId;
import floe.change.TablePatterns;
import floe.settings.Settings;
import floe.state.CaptureState;
import floe.state.SnapshotRequests;
import floe.state.StateFile;
import floe.state.TableSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks capture for snapshots of tables, and shows those under way. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = {
            "This command asks for a new snapshot of captured tables: all their rows are read again, beside the binlog and without a"
                    + " lock, and rows that are gone from MySQL are deleted in Snowflake. Nothing waits for it.",
            "Run it where capture runs, as it leaves a file in the folder that the setting capture.state names. A running"
                    + " capture begins within capture.heartbeat, a stopped one when it starts next; a snapshot goes on after a restart."
        })
final class SnapshotCommand implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();

    private final Settings settings;

    @Parameters(
            arity = "0..*",
            paramLabel = "TABLE",
            description =
                    "captured tables, each schema.table, or patterns as in capture.tables, such as 'shop.*'. All, if none is named")
    private List<String> tables = new ArrayList<>();

    @Option(names = "--list", description = "show the snapshots that are under way, and ask for none")
    private boolean list;

    @Option(
            names = "--cancel",
            description = "give up the snapshots of these tables that are under way, and ask for none")
    private boolean cancel;

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Spec
    private CommandSpec spec;

    SnapshotCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        if (list && cancel) {
            throw new ParameterException(spec.commandLine(), "--list and --cancel exclude each other");
        }
        SnapshotRequests requests = SnapshotRequests.read(settings);
        Set<TableId> chosen = chosen(CaptureSettings.tables(settings));
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            list(chosen, out);
        } else {
            SnapshotRequests.Wish wish = cancel ? SnapshotRequests.Wish.CANCEL : SnapshotRequests.Wish.READ;
            requests.ask(wish, chosen);
            asked(wish, chosen, out);
        }
        out.flush();
        return 0;
    }

    /** Those that capture knows, and those that the setting names, whether they are there or not. */
    private Set<TableId> captured(TablePatterns patterns) throws IOException {
        Set<TableId> captured = new LinkedHashSet<>(patterns.named());
        state().map(CaptureState::captured).ifPresent(known -> captured.addAll(known.tables()));
        captured.removeIf(table -> !patterns.contains(table));
        return captured;
    }

    private Optional<CaptureState> state() throws IOException {
        Path folder = Path.of(settings.text("capture.state", "the folder in which capture keeps its state"));
        return new StateFile(folder.resolve(CaptureSettings.STATE_FILE)).read();
    }

    private Set<TableId> chosen(TablePatterns patterns) throws IOException {
        Set<TableId> captured = captured(patterns);
        if (tables.isEmpty() && !captured.isEmpty()) {
            return captured;
        }
        if (tables.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Nothing was captured so far; the first start of capture reads all tables");
        }
        Set<TableId> chosen = new LinkedHashSet<>();
        for (String name : tables) {
            TablePatterns asked = pattern(name);
            List<TableId> matching = Stream.concat(captured.stream(), asked.named().stream())
                    .filter(table -> asked.contains(table) && patterns.contains(table))
                    .distinct()
                    .toList();
            if (matching.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "'" + name + "' is none of the captured tables, which are " + joined(captured)
                                + ": name one of them, or add it to capture.tables");
            }
            chosen.addAll(matching);
        }
        return chosen;
    }

    private TablePatterns pattern(String name) {
        try {
            return TablePatterns.parse(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void asked(SnapshotRequests.Wish wish, Set<TableId> chosen, PrintWriter out) {
        if (json) {
            for (TableId table : chosen) {
                ObjectNode line = JSON.createObjectNode();
                line.put("table", table.toString());
                line.put("asked", wish.name().toLowerCase(Locale.ROOT));
                out.println(line);
            }
        } else {
            String what = tables.isEmpty() ? "all captured tables" : joined(chosen);
            out.println(
                    wish == SnapshotRequests.Wish.READ
                            ? "A new snapshot of " + what + " is asked for; see how far it is with --list"
                            : "The snapshots of " + what + " that are under way are to be given up");
        }
    }

    private void list(Set<TableId> chosen, PrintWriter out) throws IOException {
        List<TableSnapshot> open = state().map(CaptureState::snapshots).orElse(List.of()).stream()
                .filter(snapshot -> chosen.contains(snapshot.table()))
                .toList();
        if (open.isEmpty() && !json) {
            out.println("No snapshot is under way");
        }
        for (TableSnapshot snapshot : open) {
            Duration since = Duration.between(Instant.parse(snapshot.begun()), Instant.now());
            out.println(json ? line(snapshot, since).toString() : sentence(snapshot, since));
        }
    }

    private static ObjectNode line(TableSnapshot snapshot, Duration since) {
        ObjectNode line = JSON.createObjectNode();
        line.put("table", snapshot.table().toString());
        line.put("begun", snapshot.begun());
        line.put("rows", snapshot.rows());
        line.put("estimate", snapshot.estimate());
        line.put("percent", snapshot.percent());
        line.put("rows_per_second", rate(snapshot, since));
        line.put("seconds_left", secondsLeft(snapshot, since));
        return line;
    }

    private static String sentence(TableSnapshot snapshot, Duration since) {
        Long left = secondsLeft(snapshot, since);
        return snapshot.table() + ": " + snapshot.percent() + " %, " + snapshot.rows() + " of about "
                + snapshot.estimate() + " rows, " + rate(snapshot, since) + " rows/s, "
                + (left == null ? "end unknown" : "about " + left + " s left") + ", since " + snapshot.begun();
    }

    private static long rate(TableSnapshot snapshot, Duration since) {
        return snapshot.rows() * 1000 / Math.max(1, since.toMillis());
    }

    /** Null while nobody can tell. */
    private static Long secondsLeft(TableSnapshot snapshot, Duration since) {
        long rate = rate(snapshot, since);
        return rate == 0 || snapshot.estimate() == 0 ? null : Math.max(0, snapshot.estimate() - snapshot.rows()) / rate;
    }

    private static String joined(Set<TableId> names) {
        return names.stream().map(TableId::toString).collect(Collectors.joining(", "));
    }
}
