package local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoIT {

    @Test
    void bothSidesBecomeEqualWhileRowsAndTablesChange() {
        assertThat(new CommandLine(new Demo()).execute("--once")).isZero();
    }
}
