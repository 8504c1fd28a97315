package floe.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SliceTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_764_000_000);

    private final Set<StagedFile> asked = new HashSet<>();

    @Test
    void theOldestAreGivenInTheirOrderAndTheRestIsCounted() {
        Listing listing = listing(3, 5, 1, 4, 2, 6, 3);

        assertThat(listing)
                .isEqualTo(new Listing(files(1, 2, 3), 3, files(4).stream().findFirst(), NOW));
    }

    @Test
    void aFileThatIsNotDueKeepsNoOtherOut() {
        Listing listing = listing(2, -1, -2, 3, 4, 5);

        assertThat(listing)
                .isEqualTo(new Listing(files(3, 4), 3, files(-2).stream().findFirst(), NOW));
        assertThat(asked).containsAll(files(-1, -2, 3, 4, 5));
    }

    @Test
    void ofMillionsOnlySomeAreHeld() {
        Slice slice = new Slice(1_000, file -> file.arrivalSecond() % 2 == 0);
        for (int second = 2_000_000; second > 0; second--) {
            slice.add(file(second));
        }

        Listing listing = slice.listing(NOW);

        assertThat(listing.files()).hasSize(1_000).startsWith(file(2)).endsWith(file(2_000));
        assertThat(listing.others()).isEqualTo(1_999_000);
        assertThat(listing.oldestOther()).contains(file(1));
    }

    /** Of files by their arrival: negative ones are not due. */
    private Listing listing(int mostFiles, int... seconds) {
        Slice slice = new Slice(mostFiles, file -> {
            asked.add(file);
            return file.arrivalSecond() > 0;
        });
        IntStream.of(seconds).mapToObj(SliceTest::file).forEach(slice::add);
        return slice.listing(NOW);
    }

    private static List<StagedFile> files(int... seconds) {
        return Stream.of(seconds)
                .flatMapToInt(IntStream::of)
                .mapToObj(SliceTest::file)
                .toList();
    }

    private static StagedFile file(int second) {
        return new StagedFile("staging/", "file-" + second, second, "", 0);
    }
}
