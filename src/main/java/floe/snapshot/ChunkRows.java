package floe.snapshot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gathers the rows of one chunk in memory, so that no statement waits for whoever takes them. */
final class ChunkRows {

    /** MySQL ended the statement as it took too long. */
    private static final int TOO_LONG = 3024;

    private final TableSelect select;
    private final List<String> description;
    private final long mostBytes;
    private final List<byte[][]> rows = new ArrayList<>();
    private byte[][] first;
    private byte[][] last;
    private long bytes;
    private long slowest;
    private boolean cut;

    /** The columns of a result are not those that were expected. */
    static final class OtherColumns extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /**
     * @param description that of all results
     * @param mostBytes after so many nothing more is taken
     */
    ChunkRows(TableSelect select, List<String> description, long mostBytes) {
        this.select = select;
        this.description = description;
        this.mostBytes = mostBytes;
    }

    /** Takes what a statement gives. */
    void read(Connection mysql, String sql) throws SQLException, SetAside, OtherColumns {
        long begun = System.nanoTime();
        try (Statement statement = SnapshotConnection.rowByRow(mysql);
                ResultSet found = statement.executeQuery(sql)) {
            boolean same = TableSelect.description(found).equals(description);
            // To the end in any case: nothing else can be asked before.
            while (found.next()) {
                if (same && !cut) {
                    add(select.cells(found));
                }
            }
            if (!same) {
                throw new OtherColumns();
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != TOO_LONG || rows.isEmpty()) {
                throw e;
            }
            // What came until then is in order and without gaps.
            cut = true;
        } finally {
            slowest = Math.max(slowest, System.nanoTime() - begun);
        }
    }

    static boolean isTooLong(SQLException e) {
        return e.getErrorCode() == TOO_LONG;
    }

    private void add(byte[][] cells) throws SetAside {
        if (select.isTooLarge(cells)) {
            throw new SetAside("one of its rows is larger than capture.row-bytes allows");
        }
        if (rows.isEmpty()) {
            first = cells;
        }
        last = cells;
        rows.add(select.row(cells));
        for (byte[] cell : cells) {
            bytes += cell == null ? 0 : cell.length;
        }
        cut = bytes >= mostBytes;
    }

    List<byte[][]> rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** How long the slowest of its statements took. */
    Duration slowest() {
        return Duration.ofNanos(slowest);
    }

    /** Whether there may be more in what was read last. */
    boolean isCut() {
        return cut;
    }

    /** The key of the first row, of which there must be one. */
    List<String> firstKey() {
        return select.key(first);
    }

    /** The key of the last row, of which there must be one. */
    List<String> lastKey() {
        return select.key(last);
    }
}
