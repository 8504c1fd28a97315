package floe.snapshot;

import floe.change.TableId;

/** A table is not, or not any more, what its reading was made for. What was read before is as it was then. */
final class DefinitionChanged extends Exception {

    private static final long serialVersionUID = 1L;

    DefinitionChanged(TableId table) {
        super("The definition of " + table + " has changed");
    }
}
