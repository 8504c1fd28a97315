package floe.mysql;

import floe.change.TableId;
import java.util.Collections;

/** Names as statements of MySQL write them, whatever characters they have. */
public final class SqlName {

    private SqlName() {}

    /** A name in the quotes around names. */
    public static String of(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** So many places for parameters. */
    static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** A table with its schema. */
    public static String of(TableId table) {
        return of(table.schema()) + "." + of(table.table());
    }
}
