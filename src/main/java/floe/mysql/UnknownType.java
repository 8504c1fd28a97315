package floe.mysql;

import floe.change.TableId;

/** A column of a type that Floe cannot read, such as one of a newer MySQL; the message names table, column and type. */
public final class UnknownType extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String column;
    private final String type;

    UnknownType(TableId table, String column, String type) {
        super("The type of the column " + column + " of " + table + " is " + type + ", which Floe does not know");
        this.column = column;
        this.type = type;
    }

    String column() {
        return column;
    }

    String type() {
        return type;
    }
}
