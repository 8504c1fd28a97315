package floe.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagedFileTest {

    private static final Instant MODIFIED = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026/11/22/10/floe-1-2026-11-22-10-59-58-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f, 2026-11-22T10:59:58Z",
        "2026/11/22/10/floe-1-2026-11-22-10-59-58-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f.gz, 2026-11-22T10:59:58Z",
        "a-2020-01-01-00-00-00-b-12-2026-11-22-10-59-58-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f, 2026-11-22T10:59:58Z",
        "floe-1-2026-13-22-10-59-58-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f, 2026-01-01T00:00:00Z",
        "by-hand.json, 2026-01-01T00:00:00Z"
    })
    void arrivedWhenTheKeySaysOrWhenItWasStored(String name, Instant arrival) {
        assertThat(new StagedFile("staging/", name, MODIFIED).arrivalSecond()).isEqualTo(arrival.getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource({
        "CDC_schema/Persons/2026/11/22/10/floe-1-2026-11-22-10-59-58-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f, CDC_schema/Persons",
        "2026/11/22/10/floe-1-2026-11-22-10-59-58-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f.gz, ''",
        "a/2025/01/02/03/b/2026/11/22/10/floe, a/2025/01/02/03/b",
        "a/2026/11/22/floe, a/2026/11/22",
        "a/by-hand.json, a",
        "by-hand.json, ''"
    })
    void folderIsWhatStandsBeforeTheHour(String name, String folder) {
        assertThat(new StagedFile("staging/", name, MODIFIED).folder()).isEqualTo(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "2026/a b+é.gz, 2026/a b+é.gz",
        "'a\nERROR b\r', a\\u000aERROR b\\u000d",
        "'\u0001\u001b[2J\u007f\u0085\u2028', \\u0001\\u001b[2J\\u007f\\u0085\\u2028",
        "\\u000a, \\u005cu000a"
    })
    void aKeyIsShownOnOneLineAndNoTwoLookAlike(String name, String shown) {
        assertThat(new StagedFile("staging/", name, MODIFIED).shown()).isEqualTo("staging/" + shown);
    }
}
