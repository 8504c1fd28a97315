package floe.cli;

import floe.change.TableId;
import floe.change.TablePatterns;
import floe.change.TableShape;
import floe.load.Mode;
import floe.mysql.BaseTables;
import floe.mysql.MySqlConnection;
import floe.mysql.SourceCheck;
import floe.mysql.TableRules;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import floe.snowflake.Setup;
import floe.snowflake.TableUnready;
import floe.snowflake.Target;
import floe.snowflake.Targets;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.snowflake.WrongTable;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes Snowflake ready for the configured tables, by what MySQL says of them. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "This command makes Snowflake ready for the tables in load.tables. It reads their columns from MySQL and makes the"
                    + " mirrored tables, their tables of tombstones and their procedures. From then on they follow what"
                    + " becomes of the tables in MySQL by themselves. Where load.mode is row, it also makes the procedures"
                    + " that take one change a call.",
            "Without --execute it prints the statements, for an administrator to run. You may repeat all of them: a table that"
                    + " exists is kept with its rows."
        })
final class SetupCommand implements Callable<Integer> {

    private static final String TABLES = "load.tables";

    private final Settings settings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--execute", description = "Run the statements in Snowflake instead of printing them.")
    private boolean execute;

    SetupCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws SQLException {
        List<Setup.Mirror> mirrors = mirrors();
        PrintWriter out = spec.commandLine().getOut();
        if (!execute) {
            out.print(Setup.script(mirrors));
            out.flush();
            return 0;
        }
        boolean ready = true;
        try (Warehouse warehouse = new Warehouse(WarehouseSettings.read(settings));
                Connection snowflake = warehouse.getConnection()) {
            Setup setup = new Setup(snowflake);
            for (Setup.Mirror mirror : mirrors) {
                ready &= make(setup, mirror, out);
            }
        }
        return ready ? 0 : 1;
    }

    /** One table that cannot be mirrored leaves the others alone. */
    private static boolean make(Setup setup, Setup.Mirror mirror, PrintWriter out) {
        try {
            boolean anew = setup.make(mirror);
            out.println(
                    mirror.shape() == null
                            ? mirror.source() + " is not there; when it is, " + mirror.table() + " will be made"
                            : mirror.table() + " is ready to mirror " + mirror.source()
                                    + (anew ? "; for its rows, run 'floe snapshot " + mirror.source() + "'" : ""));
            return true;
        } catch (TableUnready | WrongTable e) {
            out.println(e.getMessage());
            return false;
        }
    }

    private List<Setup.Mirror> mirrors() throws SQLException {
        List<Target> targets;
        Map<TableId, TableShape> shapes = new HashMap<>();
        try (Connection mysql = MySqlConnection.read(settings).connect()) {
            targets = Targets.read(settings.with(TABLES, named(mysql))).all();
            List<TableId> sources = targets.stream().map(Target::source).toList();
            // What capture would stop at is better known before Snowflake is made ready.
            PrintWriter err = spec.commandLine().getErr();
            TableRules rules = TableRules.read(settings);
            SourceCheck.run(mysql, sources, rules).forEach(finding -> err.println(finding.severity() + ": " + finding));
            rules.find(mysql, sources).forEach((source, found) -> shapes.put(source, found.shape()));
        }
        boolean byRow = Mode.read(settings) == Mode.ROW;
        return targets.stream()
                .map(target -> new Setup.Mirror(target.source(), shapes.get(target.source()), target.table(), byRow))
                .toList();
    }

    /** The list in the setting, with the tables that are there in place of the patterns that mean them. */
    private String named(Connection mysql) throws SQLException {
        String list = settings.text(TABLES, TablePatterns.SHOULD);
        List<String> items = new ArrayList<>();
        List<String> untargeted = new ArrayList<>();
        for (String item : TablePatterns.items(list)) {
            (item.contains("->") ? items : untargeted).add(item);
        }
        TablePatterns patterns = patterns(String.join(",", untargeted));
        Set<TableId> tables = new LinkedHashSet<>(patterns.named());
        tables.addAll(BaseTables.all(mysql, patterns::contains));
        tables.forEach(table -> items.add(table.toString()));
        if (items.isEmpty()) {
            throw new WrongSetting(TABLES, list, "a list that names or matches tables which MySQL shows");
        }
        return String.join(",", items);
    }

    private static TablePatterns patterns(String list) {
        try {
            return TablePatterns.parse(list);
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(TABLES, list, TablePatterns.SHOULD);
        }
    }
}
