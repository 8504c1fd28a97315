package floe.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.BitSet;

/**
 * The spatial reference systems whose first axis is the latitude: MySQL keeps the longitude first and shows them in their
 * order. They are those of {@code information_schema.ST_SPATIAL_REFERENCE_SYSTEMS}; systems that somebody defined on a
 * server are not among them.
 */
final class LatitudeFirst {

    private static final BitSet NUMBERS = read();

    private LatitudeFirst() {}

    static boolean has(long srid) {
        return srid <= Integer.MAX_VALUE && NUMBERS.get((int) srid);
    }

    /** The file has a number, or the first and last of several, on each line. */
    private static BitSet read() {
        BitSet numbers = new BitSet();
        try (InputStream file = LatitudeFirst.class.getResourceAsStream("latitude-first.txt")) {
            new String(file.readAllBytes(), US_ASCII).lines().forEach(line -> {
                int dash = line.indexOf('-');
                int last = Integer.parseInt(line.substring(dash + 1));
                numbers.set(dash < 0 ? last : Integer.parseInt(line.substring(0, dash)), last + 1);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return numbers;
    }
}
