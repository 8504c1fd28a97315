package floe.cli;

import floe.aws.AwsClients;
import floe.change.TableId;
import floe.letters.Replay;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.staging.Places;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Puts dead letters back to where files are loaded from. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "This command puts dead letters back under the staging prefix, so that they are loaded again once their reason is"
                    + " mended. It takes all dead letters, or only those that match every given option.",
            "The letters keep their positions, so no newer change is undone. Letters that were put back are kept under the"
                    + " setting dead-letter.replayed-prefix. You may repeat the command, also after it broke off."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Supplier<CamelContext> camel;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--table",
            paramLabel = "schema.table",
            converter = TableConverter.class,
            description = "Replay only the letters of this table.")
    private TableId table;

    @Option(
            names = "--file",
            paramLabel = "key",
            description = "Replay only the letters of this staged file, named with or without its prefix.")
    private String file;

    @Option(
            names = "--since",
            paramLabel = "time",
            converter = TimeConverter.class,
            description =
                    "Replay only letters that were given up at this time or later. The time is UTC, such as 2026-11-22"
                            + " or 2026-11-22T10:00:00Z.")
    private Instant since;

    @Option(
            names = "--until",
            paramLabel = "time",
            converter = TimeConverter.class,
            description = "Replay only letters that were given up before this time.")
    private Instant until;

    @Option(names = "--dry-run", description = "List the letters and change nothing.")
    private boolean dryRun;

    /** @param camel gives a started context, whose S3 component is configured */
    ReplayCommand(Supplier<CamelContext> camel) {
        this.camel = camel;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CamelContext started = camel.get();
        Replay replay = new Replay(new AwsClients(started), Places.read(new Settings(new CamelLookup(started))));
        Replay.Outcome outcome = replay.run(new Replay.Selection(table, file, since, until), dryRun, out::println);
        out.println((dryRun ? "Would replay " : "Replayed ") + outcome.replayed() + " dead letters");
        if (outcome.damaged() > 0) {
            out.println("Left where they are: " + outcome.damaged() + " that do not hold their line as the file does");
        }
        out.flush();
        return 0;
    }

    static final class TableConverter implements ITypeConverter<TableId> {
        @Override
        public TableId convert(String text) {
            try {
                return TableId.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class TimeConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                        : Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time such as 2026-11-22 or 2026-11-22T10:00:00Z");
            }
        }
    }
}
