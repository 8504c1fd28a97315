package floe.cli;

import floe.settings.Settings;
import floe.state.SnapshotRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks capture for a new snapshot. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = {
            "This command asks for a new snapshot of all captured tables, such as after one has diverged. Capture then reads all"
                    + " their rows again, and rows that are gone from MySQL are deleted in Snowflake.",
            "Run it where capture runs, as it leaves a file in the folder that the setting capture.state names. A running"
                    + " capture begins the snapshot within capture.heartbeat, a stopped one when it starts next."
        })
final class SnapshotCommand implements Callable<Integer> {

    private final Settings settings;

    @Spec
    private CommandSpec spec;

    SnapshotCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        SnapshotRequest.read(settings).ask();
        PrintWriter out = spec.commandLine().getOut();
        out.println("A new snapshot of all captured tables is asked for");
        out.flush();
        return 0;
    }
}
