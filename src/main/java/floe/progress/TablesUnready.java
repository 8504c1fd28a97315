package floe.progress;

import floe.snowflake.TableUnready;
import java.util.List;

/**
 * Some tables cannot take the changes that a file holds of them, and all others have taken theirs. Source and message are
 * those of the first.
 */
public final class TablesUnready extends TableUnready {

    private static final long serialVersionUID = 1L;

    private final transient List<TableUnready> tables;

    /** @param tables why each of them cannot; at least one */
    public TablesUnready(List<TableUnready> tables) {
        super(tables.get(0).source(), tables.get(0).getMessage());
        this.tables = List.copyOf(tables);
    }

    /** Why each of them cannot. */
    List<TableUnready> tables() {
        return tables;
    }
}
