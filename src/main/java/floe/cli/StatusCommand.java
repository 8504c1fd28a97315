package floe.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.TablePatterns;
import floe.settings.Settings;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows how far running processes are. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "This command shows how far the stages of a running Floe are: whether each works, its rate and lag, what waits, its"
                    + " dead letters by reason, and its tables. It asks the management port, and needs no rights in MySQL,"
                    + " AWS or Snowflake.",
            "Tables that are in order are only counted, unless you name them. The exit code is 1 if a stage is not ready, or a"
                    + " process does not answer."
        })
final class StatusCommand implements Callable<Integer> {

    /** Between the two looks that a rate needs. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private static final Duration WATCHED = Duration.ofSeconds(2);

    /** Of a terminal: the cursor goes home, and all below it is cleared. */
    private static final String CLEAR = "\u001b[H\u001b[J";

    private final Settings settings;

    @Parameters(
            arity = "0..*",
            paramLabel = "TABLE",
            description =
                    "Show these tables, each schema.table or a pattern as in capture.tables, whether they are in order or not.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "address",
            converter = AddressConverter.class,
            description =
                    "Ask the process whose management port has this address, such as http://127.0.0.1:9001, with the"
                            + " password in management.password. You may repeat the option, where capture and loaders are"
                            + " processes of their own. Without it, management.host and management.port say where.")
    private List<URI> addresses = new ArrayList<>();

    @Option(names = "--watch", description = "Show it again every two seconds, until you stop the command.")
    private boolean watch;

    @Option(names = "--json", description = "Print one JSON object a line, for each process.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    StatusCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<StatusSource> sources = addresses.isEmpty()
                ? List.of(StatusSource.own(settings))
                : addresses.stream()
                        .map(address -> StatusSource.at(address, settings))
                        .toList();
        StatusText text = new StatusText(named(), Ansi.AUTO.enabled());
        // For their rates.
        sources.forEach(StatusSource::look);
        Thread.sleep(BETWEEN.toMillis());
        boolean ready = show(sources, text);
        while (watch) {
            Thread.sleep(WATCHED.toMillis());
            ready = show(sources, text);
        }
        return ready ? 0 : 1;
    }

    private boolean show(List<StatusSource> sources, StatusText text) {
        PrintWriter out = spec.commandLine().getOut();
        List<ObjectNode> found = sources.stream().map(StatusSource::look).toList();
        if (json) {
            found.forEach(out::println);
        } else {
            if (watch && Ansi.AUTO.enabled()) {
                out.print(CLEAR);
            }
            found.forEach(process -> out.print(text.of(process)));
        }
        out.flush();
        return found.stream().allMatch(StatusCommand::isReady);
    }

    private static boolean isReady(ObjectNode process) {
        boolean ready = process.path("trouble").isEmpty();
        for (var stage : process.path("stages")) {
            ready &= stage.path("ready").asBoolean();
        }
        return ready;
    }

    static final class AddressConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                URI address = URI.create(text);
                if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme())) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                // Told below, together with one of another kind.
            }
            throw new TypeConversionException("'" + text + "' is not an address such as http://127.0.0.1:9000");
        }
    }

    /** Those that are to be shown in any case; null if none are named. */
    private TablePatterns named() {
        try {
            return tables.isEmpty() ? null : TablePatterns.parse(String.join(",", tables));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
