package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SnapshotCommandTest {

    @TempDir
    Path state;

    @Test
    void leavesTheRequestWhereCaptureLooksForIt() throws Exception {
        assertThat(run(state, new StringWriter())).isZero();
        assertThat(run(state, new StringWriter())).isZero();

        assertThat(state).isDirectoryContaining("glob:**/snapshot-request");
    }

    @Test
    void aFolderWithoutCaptureIsTold() throws Exception {
        StringWriter told = new StringWriter();

        int exit = run(state.resolve("elsewhere"), told);

        assertThat(exit).isEqualTo(1);
        assertThat(told.toString()).contains("capture.state").contains("elsewhere");
        assertThat(state).isEmptyDirectory();
    }

    private static int run(Path folder, StringWriter told) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("capture.state", folder.toString());
        try (var camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().setOverrideProperties(properties);
            return new CommandLine(new SnapshotCommand(new Settings(new CamelLookup(camel))))
                    .setErr(new PrintWriter(told))
                    .setOut(new PrintWriter(new StringWriter()))
                    .execute();
        }
    }
}
