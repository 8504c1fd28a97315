package floe.cli;

import floe.change.TableId;
import floe.change.TableShape;
import floe.load.Mode;
import floe.mysql.BaseTables;
import floe.mysql.MySqlConnection;
import floe.mysql.SourceCheck;
import floe.mysql.TableRules;
import floe.settings.Settings;
import floe.snowflake.MirrorRules;
import floe.snowflake.Setup;
import floe.snowflake.TableUnready;
import floe.snowflake.Targets;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes Snowflake ready for the configured tables, by what MySQL says of them. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "This command makes Snowflake ready for the tables in load.tables. It reads their columns from MySQL and makes the"
                    + " mirrored tables, their tables of tombstones and their procedures. From then on they follow what"
                    + " becomes of the tables in MySQL by themselves, and tables that come under a pattern are made. Where"
                    + " load.mode is row, it also makes the procedures that take one change a call.",
            "Without an option it prints the statements, for an administrator to run. You may repeat all of them: a table that"
                    + " exists is kept with its rows.",
            "The exit code is 1 if there is a table that cannot be made ready."
        })
final class SetupCommand implements Callable<Integer> {

    private final Settings settings;
    private boolean wrong;

    @Spec
    private CommandSpec spec;

    @Option(names = "--execute", description = "Run the statements in Snowflake instead of printing them.")
    private boolean execute;

    @Option(
            names = "--diff",
            description =
                    "Compare with Snowflake, and print a line for each table for which something is to be done: new, changed,"
                            + " not there in MySQL, taken by another source, taken off the list, cannot be mirrored. Nothing is done.")
    private boolean diff;

    SetupCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws SQLException {
        if (execute && diff) {
            throw new ParameterException(spec.commandLine(), "--execute and --diff exclude each other");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Targets targets = Targets.read(settings);
        Setup setup = new Setup(targets, MirrorRules.read(settings), mirrors(targets));
        if (execute || diff) {
            try (Warehouse warehouse = new Warehouse(WarehouseSettings.read(settings));
                    Connection snowflake = warehouse.getConnection()) {
                if (diff) {
                    setup.compare(snowflake, noting(finding -> difference(finding, out)));
                } else {
                    setup.execute(snowflake, noting(finding -> out.println(finding.text())));
                }
            }
        } else {
            out.print(setup.script(noting(finding -> err.println(finding.text()))));
        }
        out.flush();
        return wrong ? 1 : 0;
    }

    private Consumer<Setup.Finding> noting(Consumer<Setup.Finding> told) {
        return finding -> {
            wrong |= finding.state().isWrong();
            told.accept(finding);
        };
    }

    private static void difference(Setup.Finding finding, PrintWriter out) {
        if (finding.state() != Setup.State.SAME) {
            String line = finding.state() + ": " + finding.source() + " -> " + finding.table();
            out.println(finding.state().isWrong() ? line + " (" + finding.text() + ")" : line);
        }
    }

    /** The tables that MySQL shows, and those that the settings name in full; one that Snowflake has no name for is told. */
    private List<Setup.Mirror> mirrors(Targets targets) throws SQLException {
        Set<TableId> sources = new LinkedHashSet<>(targets.named());
        Map<TableId, TableShape> shapes = new HashMap<>();
        PrintWriter err = spec.commandLine().getErr();
        try (Connection mysql = MySqlConnection.read(settings).connect()) {
            sources.addAll(BaseTables.all(mysql, targets::means));
            // What capture would stop at is better known before Snowflake is made ready.
            TableRules rules = TableRules.read(settings);
            SourceCheck.run(mysql, List.copyOf(sources), rules)
                    .forEach(finding -> err.println(finding.severity() + ": " + finding));
            rules.find(mysql, sources).forEach((source, found) -> shapes.put(source, found.shape()));
        }
        if (sources.isEmpty()) {
            err.println("MySQL shows no table that load.tables means");
        }
        boolean byRow = Mode.read(settings) == Mode.ROW;
        List<Setup.Mirror> mirrors = new ArrayList<>();
        for (TableId source : sources) {
            try {
                targets.of(source)
                        .ifPresent(target ->
                                mirrors.add(new Setup.Mirror(source, shapes.get(source), target.table(), byRow)));
            } catch (TableUnready e) {
                wrong = true;
                err.println(e.getMessage());
            }
        }
        return mirrors;
    }
}
