package floe.staging;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Position;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LinePositionsTest {

    private static final String ONE = "cdc-1-2026-11-22-10-04-59-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";
    private static final String OTHER = "cdc-1-2026-11-22-10-04-59-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e60.gz";
    private static final Instant SOME_TIME = Instant.parse("2026-11-22T11:00:00Z");

    @Test
    void linesOfOneFileAreInTheirOrder() {
        LinePositions file = positions("staging/", "2026/11/22/10/" + ONE);

        assertThat(file.of(9)).isLessThan(file.of(10));
        assertThat(file.of(9).toString()).startsWith("0000000000-1795341899-000000000009-");
    }

    @Test
    void linesOfTwoFilesOfOneSecondDiffer() {
        Position one = positions("staging/", ONE).of(1);

        assertThat(positions("staging/", OTHER).of(1)).isNotEqualTo(one);
        assertThat(positions("staging/", "a.json").of(1))
                .isNotEqualTo(positions("staging/", "b.json").of(1));
    }

    @Test
    void aFileThatIsCopiedElsewhereKeepsItsPositions() {
        Position there = positions("archive/", "again/" + ONE).of(1);

        assertThat(positions("staging/", "2026/11/22/10/" + ONE).of(1)).isEqualTo(there);
    }

    private static LinePositions positions(String prefix, String name) {
        return new LinePositions(new StagedFile(prefix, name, SOME_TIME));
    }
}
