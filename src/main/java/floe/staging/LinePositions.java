package floe.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import floe.change.Position;
import java.util.zip.CRC32;

/**
 * The positions of the lines of a file whose events carry none: by the second in the file's name, then by line. Where two
 * files have the same second, a hash of their names keeps their lines apart: which of two lines of the same number is the
 * younger is arbitrary then, but always the same.
 */
public final class LinePositions {

    private final long second;
    private final long hash;

    public LinePositions(StagedFile file) {
        second = file.arrivalSecond();
        CRC32 crc = new CRC32();
        crc.update(file.ownName().getBytes(UTF_8));
        hash = crc.getValue();
    }

    /** The position of the line of this number, from 1. */
    public Position of(long line) {
        return Position.ofLine(second, line, hash);
    }
}
