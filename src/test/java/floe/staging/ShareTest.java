package floe.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

    /** The owners are those of {@code zlib.crc32(folder) % loaders}: changing them would move all tables at an upgrade. */
    @ParameterizedTest
    @CsvSource({
        "CDC_schema/Persons, 2, 1",
        "CDC_schema/Persons, 3, 2",
        "CDC_schema/Orders, 3, 1",
        "CDC_schema/Payments, 3, 0",
        "CDC_schema/Items, 4, 3",
        "shop/Größen, 1000, 962",
        "'', 1000, 0"
    })
    void ownerIsTheSameInEveryVersion(String folder, int loaders, int owner) {
        assertThat(new Share(loaders, 0).ownerOf(file(folder, 1))).isEqualTo(owner);
    }

    @Test
    void everyFileHasOneOwnerAndAllOfAFolderTheSame() {
        for (int table = 0; table < 100; table++) {
            StagedFile first = file("shop/t" + table, 1);
            StagedFile second = file("shop/t" + table, 2);
            int owner = new Share(7, 0).ownerOf(first);

            assertThat(owner).isBetween(0, 6);
            assertThat(IntStream.range(0, 7).map(loader -> new Share(7, loader).ownerOf(second)))
                    .containsOnly(owner);
        }
    }

    private static StagedFile file(String folder, int number) {
        String name = "floe-1-2026-11-22-10-59-%02d-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f".formatted(number);
        return new StagedFile(
                "staging/", (folder.isEmpty() ? "" : folder + "/") + "2026/11/22/10/" + name, Instant.EPOCH);
    }
}
