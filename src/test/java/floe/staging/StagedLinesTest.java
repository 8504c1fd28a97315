package floe.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class StagedLinesTest {

    @Test
    void linesAreNumberedAndBlankOnesSkipped() {
        assertThat(read("a\n\n  \r\nb\r\nc".getBytes(UTF_8)))
                .containsExactly(
                        new StagedLine(1, "a", null), new StagedLine(4, "b", null), new StagedLine(5, "c", null));
    }

    @Test
    void anEmptyFileHasNoLines() {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read("\n".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(read("\uFEFFa\n\uFEFFb\n".getBytes(UTF_8)))
                .containsExactly(new StagedLine(1, "a", null), new StagedLine(2, "\uFEFFb", null));
    }

    @Test
    void gzipIsToldByContentEvenInSeveralParts() throws IOException {
        var bytes = new ByteArrayOutputStream();
        List<StagedLine> lines = new ArrayList<>();
        bytes.writeBytes(gzip("a\nb"));
        bytes.writeBytes(gzip("c\n"));
        lines.add(new StagedLine(1, "a", null));
        lines.add(new StagedLine(2, "bc", null));
        for (int part = 3; part < 2_000; part++) {
            bytes.writeBytes(gzip(part + "\n"));
            lines.add(new StagedLine(part, String.valueOf(part), null));
        }

        assertThat(read(bytes.toByteArray())).isEqualTo(lines);
    }

    @Test
    void aPartThatIsNotWholeFails() throws IOException {
        byte[] parts = Arrays.copyOf(gzip("a\n"), gzip("a\n").length + 5);
        System.arraycopy(gzip("b\n"), 0, parts, gzip("a\n").length, 5);

        assertThatThrownBy(() -> read(parts)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatIsNotGzipBehindAPartFails() throws IOException {
        byte[] garbage = "{\"schema\":\"CDC_schema\",\"table\":\"Persons\"}\n".getBytes(UTF_8);
        byte[] part = gzip("a\n");
        byte[] both = Arrays.copyOf(part, part.length + garbage.length);
        System.arraycopy(garbage, 0, both, part.length, garbage.length);

        assertThatThrownBy(() -> read(both)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aFileThatEndsInMidGzipSaysSo() throws IOException {
        byte[] whole = gzip("{\"schema\":\"s\"}\n".repeat(3));

        for (int length = 2; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("ends in the middle");
        }
    }

    @Test
    void linesLongerThanTheBufferAreWhole() {
        String line = "é".repeat(100_000);

        assertThat(read((line + "\n" + line).getBytes(UTF_8)))
                .containsExactly(new StagedLine(1, line, null), new StagedLine(2, line, null));
    }

    @Test
    void aLineThatIsTooLongIsCutOffAndTheNextIsWhole() {
        var lines = read(("x".repeat(500_000) + "\nb\n").getBytes(UTF_8));

        assertThat(lines.get(0).text()).hasSize(400_000);
        assertThat(lines.get(0).damage()).contains("500000 bytes", "load.line-bytes");
        assertThat(lines.get(1)).isEqualTo(new StagedLine(2, "b", null));
    }

    @Test
    void bytesThatAreNotUtf8AreNotTakenForText() {
        var lines = read(new byte[] {'a', (byte) 0xff, '\n', (byte) 0xef, (byte) 0xbf, (byte) 0xbd, '\n'});

        assertThat(lines.get(0).damage()).contains("not UTF-8");
        assertThat(lines.get(1)).isEqualTo(new StagedLine(2, "\uFFFD", null));
    }

    private static List<StagedLine> read(byte[] file) {
        List<StagedLine> lines = new ArrayList<>();
        new StagedLines(asFromS3(file), 400_000).forEachRemaining(lines::add);
        return lines;
    }

    /** Gives some bytes at a time, and never says how many there are. */
    private static InputStream asFromS3(byte[] file) {
        return new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 4_096));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
