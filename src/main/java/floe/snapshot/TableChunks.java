package floe.snapshot;

import floe.binlog.ColumnLayout;
import floe.binlog.TableLayout;
import floe.change.TableId;
import floe.encoding.Selects;
import floe.mysql.SourceSchema;
import floe.mysql.SourceTable;
import floe.mysql.UnknownType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table chunk by chunk, each by statements of their own that last a moment, along a unique index. A table without
 * such an index is one chunk if it is small.
 *
 * <p>It holds nothing of how far reading is: whoever has a {@link Place} can go on from there, on another connection and in
 * another process. Connections are those of {@link SnapshotConnection} that give raw text, and have no open transaction.
 *
 * <p>All methods throw SQLException only if the connection is lost, or somebody has locked the table.
 */
final class TableChunks {

    private static final Logger LOG = LoggerFactory.getLogger(TableChunks.class);

    private static final int ANSWER_SECONDS = 10;

    /** Somebody has locked the table: ER_LOCK_WAIT_TIMEOUT. */
    static final int LOCKED = 1205;

    private final SourceTable table;
    private final KeyOrder order;
    private final TableSelect select;
    private final TableSize most;
    private final List<String> description;

    private TableChunks(
            SourceTable table, KeyOrder order, TableSelect select, TableSize most, List<String> description) {
        this.table = table;
        this.order = order;
        this.select = select;
        this.most = most;
        this.description = description;
    }

    /**
     * Chooses how the table is read.
     *
     * @param table as its rows are to be read
     * @param most what may be read
     * @throws SetAside if there is no way, with what to do about it
     * @throws DefinitionChanged if the table is another one by now
     */
    static TableChunks of(Connection mysql, SourceTable table, ReadLimits most)
            throws SQLException, SetAside, DefinitionChanged, TableGone {
        return of(mysql, table, most, Selects::expression);
    }

    /** The same with other expressions. */
    static TableChunks of(
            Connection mysql, SourceTable table, ReadLimits most, Function<ColumnLayout, String> expression)
            throws SQLException, SetAside, DefinitionChanged, TableGone {
        try {
            checkSame(mysql, table);
            TableLayout layout = layout(table);
            for (KeyOrder order : UniqueIndexes.find(mysql, table, layout)) {
                TableSelect select = new TableSelect(layout, order, most.rowBytes(), expression);
                if (isOrdered(mysql, order, select)) {
                    return new TableChunks(table, order, select, most.atOnce(), description(mysql, select));
                }
            }
            checkSmall(table.id(), TableSize.estimate(mysql, table.id()), most.atOnce());
            TableSelect select = new TableSelect(layout, null, most.rowBytes(), expression);
            return new TableChunks(table, null, select, most.atOnce(), description(mysql, select));
        } catch (SQLException e) {
            throw refused(mysql, table, e);
        }
    }

    /**
     * The rows after a place; the place itself is not one of them.
     *
     * @throws SetAside if the table cannot be read on
     * @throws DefinitionChanged if it is not what it was, or the place is not one of its order
     */
    Chunk next(Connection mysql, Place place, ChunkSize size)
            throws SQLException, SetAside, DefinitionChanged, TableGone {
        try {
            Chunk chunk = order == null ? whole(mysql, place, size) : chunk(mysql, place, size);
            checkSame(mysql, table);
            return chunk;
        } catch (SQLException e) {
            throw refused(mysql, table, e);
        } catch (ChunkRows.OtherColumns e) {
            throw changed(mysql, table);
        }
    }

    /**
     * Cuts the table into parts of about the same size that can be read at the same time, from these places; fewer, or one,
     * where there are not so many.
     */
    List<Place> parts(Connection mysql, int count) throws SQLException, SetAside, DefinitionChanged, TableGone {
        if (order == null) {
            return List.of(Place.BEGINNING);
        }
        try {
            return new Ranges(mysql, table.id(), order).cut(count);
        } catch (SQLException e) {
            throw refused(mysql, table, e);
        }
    }

    /** The columns of its rows. */
    TableLayout layout() {
        return select.table();
    }

    /** Whether it is read in chunks, and not at once. */
    boolean isOrdered() {
        return order != null;
    }

    private Chunk chunk(Connection mysql, Place place, ChunkSize size)
            throws SQLException, SetAside, DefinitionChanged, ChunkRows.OtherColumns {
        if (!place.isBeginning() && !order.name().equals(place.order())) {
            throw new DefinitionChanged(table.id());
        }
        try {
            return tried(mysql, place, size);
        } catch (SQLException e) {
            if (!ChunkRows.isTooLong(e) || size.rows() == 1) {
                throw e;
            }
            LOG.debug("{} rows of {} took too long", size.rows(), table.id());
            return chunk(mysql, place, size.smaller());
        }
    }

    private Chunk tried(Connection mysql, Place place, ChunkSize size)
            throws SQLException, SetAside, ChunkRows.OtherColumns {
        ChunkRows read = new ChunkRows(select, description, ChunkSize.MOST_BYTES);
        boolean full = false;
        for (String step : order.from(place)) {
            int wanted = size.rows() - read.rows().size();
            if (wanted > 0) {
                read.read(mysql, select.sql(step, wanted));
            }
            full = read.isCut() || read.rows().size() == size.rows();
            if (full) {
                break;
            }
        }
        ChunkSize next = size.next(read.rows().size(), read.bytes(), read.slowest());
        if (read.rows().isEmpty()) {
            return new Chunk(List.of(), place, true, next);
        }
        List<String> key = read.lastKey();
        if (key.equals(place.after()) || read.firstKey().equals(place.after())) {
            throw new SetAside("MySQL gave a key of " + table.id() + " again when it was asked for those behind it, by "
                    + order.name());
        }
        return new Chunk(read.rows(), place.after(order, key), !full, next);
    }

    private Chunk whole(Connection mysql, Place place, ChunkSize size)
            throws SQLException, SetAside, DefinitionChanged, ChunkRows.OtherColumns {
        if (!place.isBeginning()) {
            throw new DefinitionChanged(table.id());
        }
        ChunkRows read = new ChunkRows(select, description, most.bytes() + 1);
        int limit = (int) Math.min(Integer.MAX_VALUE, most.rows() + 1);
        read.read(mysql, select.sql("", limit));
        checkSmall(table.id(), new TableSize(read.rows().size(), read.bytes()), most);
        if (read.isCut()) {
            throw new SetAside(table.id() + " has no unique index of NOT NULL columns to read it by, and takes too long"
                    + " to be read at once: give it a primary key");
        }
        return new Chunk(read.rows(), place, true, size);
    }

    private static void checkSmall(TableId table, TableSize size, TableSize most) throws SetAside {
        if (!size.isWithin(most)) {
            throw new SetAside(table + " has no unique index of NOT NULL columns to read it by, and is too large to be"
                    + " read at once, with about " + size.words() + " where " + most.words()
                    + " are allowed: give it a primary key, or allow more");
        }
    }

    /** Whether MySQL reads along the index from its beginning, and goes straight to places in it: here to its last row. */
    private static boolean isOrdered(Connection mysql, KeyOrder order, TableSelect select) throws SQLException {
        int limit = ChunkSize.FIRST.rows();
        if (!Explain.of(mysql, select.sql(order.from(Place.BEGINNING).get(0), limit))
                .scans(order)) {
            return false;
        }
        try (Statement statement = mysql.createStatement();
                ResultSet last = statement.executeQuery(select.lastRow())) {
            if (!last.next()) {
                return true;
            }
            Place place = Place.BEGINNING.after(order, select.key(select.cells(last)));
            for (String step : order.from(place)) {
                if (!Explain.of(mysql, select.sql(step, limit)).seeks(order)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static List<String> description(Connection mysql, TableSelect select) throws SQLException {
        try (Statement statement = mysql.createStatement();
                ResultSet none = statement.executeQuery(select.sql("", 0))) {
            return TableSelect.description(none);
        }
    }

    private static TableLayout layout(SourceTable table) throws SetAside {
        try {
            return table.layout();
        } catch (UnknownType e) {
            throw new SetAside(e.getMessage());
        }
    }

    private static void checkSame(Connection mysql, SourceTable table)
            throws SQLException, DefinitionChanged, TableGone {
        SourceTable now = SourceSchema.find(mysql, List.of(table.id())).get(table.id());
        if (now == null) {
            throw new TableGone(table.id());
        }
        SourceTable keyed =
                now.orKeyedBy(table.givenKey()).orKeyedBy(table.shape().made());
        if (!keyed.equals(table)) {
            throw new DefinitionChanged(table.id());
        }
    }

    /** Codes: MySQL 8.0 Error Message Reference. */
    private static SetAside refused(Connection mysql, SourceTable table, SQLException refusal)
            throws SQLException, DefinitionChanged, TableGone {
        if (refusal.getErrorCode() == LOCKED || !mysql.isValid(ANSWER_SECONDS)) {
            throw refusal;
        }
        LOG.debug("MySQL refused to read {}", table.id(), refusal);
        return switch (refusal.getErrorCode()) {
            // Its database, itself, a column or an index is not there; it changed since the statement began.
            case 1049, 1051, 1054, 1146, 1176, 1412 -> throw changed(mysql, table);
            default -> new SetAside(table.id(), refusal);
        };
    }

    private static DefinitionChanged changed(Connection mysql, SourceTable table) throws SQLException, TableGone {
        try {
            checkSame(mysql, table);
            return new DefinitionChanged(table.id());
        } catch (DefinitionChanged e) {
            return e;
        }
    }
}
