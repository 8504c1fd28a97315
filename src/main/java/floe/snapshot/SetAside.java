package floe.snapshot;

import floe.change.TableId;
import java.sql.SQLException;

/** One table cannot be read by this snapshot; the others can. The message says why, without any value of a row. */
final class SetAside extends Exception {

    private static final long serialVersionUID = 1L;

    SetAside(String why) {
        super(why);
    }

    /** MySQL refused a statement about the table; its own words may hold values of a row. */
    SetAside(TableId table, SQLException refusal) {
        this(why(table, refusal.getErrorCode()));
    }

    /** Codes: MySQL 8.0 Error Message Reference. */
    private static String why(TableId table, int code) {
        return switch (code) {
            case 1049, 1051, 1146 -> "it was dropped or renamed";
            case 1044, 1142, 1143 -> "the user of capture may not: GRANT SELECT ON " + table;
            case 1054, 1412 -> "its definition changed meanwhile";
            case 1317, 3024 -> "somebody had MySQL end the statement";
            default -> "MySQL refused with its error " + code;
        };
    }
}
