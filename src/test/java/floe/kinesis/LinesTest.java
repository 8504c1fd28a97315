package floe.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void thereAreNoneAtFirst() {
        Lines lines = new Lines();

        assertThat(lines.count()).isZero();
        assertThat(lines.size()).isZero();
        assertThat(lines.longest()).isZero();
    }

    @Test
    void whatIsWrittenIsALineOnceItIsEnded() throws IOException {
        Lines lines = new Lines();
        OutputStream out = lines.out();

        out.write("one".getBytes(UTF_8));
        out.write('\n');
        lines.end(7);
        out.write("half".getBytes(UTF_8));

        assertThat(text(lines)).containsExactly("one\n");
        assertThat(lines.keyHash(0)).isEqualTo(7);
    }

    @Test
    void onlyTheLineThatHasNotEndedIsTakenBack() throws IOException {
        Lines lines = new Lines();
        lines.add(1, "one\n".getBytes(UTF_8));
        lines.out().write("half of".getBytes(UTF_8));

        lines.takeBack();
        lines.out().write("two\n".getBytes(UTF_8));
        lines.end(2);

        assertThat(text(lines)).containsExactly("one\n", "two\n");
        assertThat(lines.longest()).isEqualTo(4);
    }

    @Test
    void theFirstLineToo() throws IOException {
        Lines lines = new Lines();
        lines.out().write("half of".getBytes(UTF_8));

        lines.takeBack();

        assertThat(lines.size()).isZero();
    }

    /** Against a list, with lines that fill the arrays many times over, written in pieces and whole. */
    @Test
    void linesAreWhatWasWrittenHoweverManyAndLong() throws IOException {
        Random random = new Random(4_711);
        Lines lines = new Lines();
        OutputStream out = lines.out();
        List<String> expected = new ArrayList<>();
        List<Integer> hashes = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String line =
                    "x".repeat(random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(300)) + i + "\n";
            byte[] bytes = line.getBytes(UTF_8);
            int hash = random.nextInt();
            switch (random.nextInt(4)) {
                case 0 -> lines.add(hash, bytes);
                case 1 -> lines.add(hash, ("before" + line + "after").getBytes(UTF_8), 6, bytes.length);
                case 2 -> {
                    out.write(bytes, 0, bytes.length / 2);
                    out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
                    lines.end(hash);
                }
                default -> {
                    out.write(bytes);
                    lines.takeBack();
                    out.write(bytes);
                    lines.end(hash);
                }
            }
            expected.add(line);
            hashes.add(hash);
        }

        assertThat(text(lines)).isEqualTo(expected);
        assertThat(lines.size())
                .isEqualTo(expected.stream().mapToInt(String::length).sum());
        assertThat(lines.longest())
                .isEqualTo(expected.stream().mapToInt(String::length).max().orElseThrow());
        for (int i = 0; i < hashes.size(); i++) {
            assertThat(lines.keyHash(i)).isEqualTo(hashes.get(i));
        }
    }

    private static List<String> text(Lines lines) {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < lines.count(); i++) {
            text.add(new String(lines.bytes(), lines.start(i), lines.length(i), UTF_8));
        }
        return text;
    }
}
