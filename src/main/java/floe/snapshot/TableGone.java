package floe.snapshot;

import floe.change.TableId;

/** A table is not there: it was dropped or renamed, or may not be read any more. */
final class TableGone extends Exception {

    private static final long serialVersionUID = 1L;

    TableGone(TableId table) {
        super("The table " + table + " was dropped or renamed, or may not be read any more");
    }
}
