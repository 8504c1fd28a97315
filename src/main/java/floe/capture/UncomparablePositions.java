package floe.capture;

import floe.change.Position;

/** File and offset went back within one run: they are no order to rely on, so capture stops. */
final class UncomparablePositions extends CaptureFailed {

    private static final long serialVersionUID = 1L;

    UncomparablePositions(Position position, Position previous) {
        super("The binlog position " + position + " came after " + previous
                + "; positions should rise, and do from the next start on");
    }
}
