package floe.capture;

/**
 * A shape in a plane.
 *
 * @param srid of its system of coordinates
 * @param wellKnownBinary its bytes, which nobody may change
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record Geometry(int srid, byte[] wellKnownBinary) {}
