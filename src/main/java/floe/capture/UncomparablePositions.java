package floe.capture;

import floe.change.Position;

/** File and offset went back within one run: they are no order to rely on, so capture stops. */
final class UncomparablePositions extends CaptureFailed {

    private static final long serialVersionUID = 1L;

    UncomparablePositions(Position position, Position previous) {
        super("The binlog position " + position + " came after " + previous
                + "; positions should rise. Transaction compression, or a binlog over 4 GB, does this:"
                + " turn binlog_transaction_compression off and keep max_binlog_size at 1 GB or less");
    }
}
