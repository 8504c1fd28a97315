package local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SoakIT {

    @Test
    void nothingIsLostAndNothingDiffersUnderFaultsAndKills() {
        assertThat(new CommandLine(new Soak()).execute("--minutes", "0.5")).isZero();
    }
}
