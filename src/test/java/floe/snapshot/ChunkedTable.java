package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import floe.binlog.TableLayout;
import floe.capture.SettingsFor;
import floe.change.TableId;
import floe.encoding.Selects;
import floe.mysql.SourceSchema;
import floe.mysql.SourceTable;
import floe.mysql.SqlName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import local.mysql.MySqlServer;

/** The table {@code shop.t} on a real server, and who reads it in chunks. */
final class ChunkedTable implements AutoCloseable {

    static final TableId ID = TableId.parse("shop.t");

    /** For tables that are read at once. */
    static final ReadLimits MOST = new ReadLimits(new TableSize(100, 1 << 20), 1 << 25);

    final MySqlServer mysql;
    private final Connection session;
    private Connection reading;

    /** @param server is started, and ended with this */
    ChunkedTable(MySqlServer server) throws SQLException {
        mysql = server.start();
        session = mysql.connection();
        run("SET NAMES utf8mb4, SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00',"
                + " cte_max_recursion_depth = 100000");
        reading = open();
    }

    @Override
    public void close() {
        mysql.close();
    }

    /** Makes the schema anew, and a new connection to read on. */
    void begin() throws SQLException {
        run("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop", "USE shop");
        reconnect();
    }

    Connection reading() {
        return reading;
    }

    void reconnect() throws SQLException {
        reading.close();
        reading = open();
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(e.getMessage() + ": " + sql, e.getSQLState(), e.getErrorCode(), e);
                }
            }
        }
    }

    SourceTable table() throws SQLException {
        return SourceSchema.find(reading, List.of(ID)).get(ID);
    }

    TableChunks chunks() throws Exception {
        return TableChunks.of(reading, table(), MOST);
    }

    /** All rows behind a place, in chunks of a few rows, with another process after some of them. */
    List<String> readAll(Place from, Random random) throws Exception {
        List<String> rows = new ArrayList<>();
        TableChunks chunks = chunks();
        Place place = from;
        boolean last = false;
        while (!last) {
            if (random.nextInt(3) == 0) {
                reconnect();
                chunks = chunks();
                place = Place.parse(place.text());
            }
            int size = 1 + random.nextInt(7);
            Chunk chunk = chunks.next(reading, place, new ChunkSize(size));
            assertThat(chunk.rows()).hasSizeLessThanOrEqualTo(size);
            chunk.rows().forEach(row -> rows.add(text(row)));
            place = chunk.next();
            last = chunk.last();
        }
        return rows;
    }

    /** All rows by one statement. */
    List<String> select() throws SQLException {
        TableLayout layout = table().layout();
        String select = layout.columns().stream()
                .map(Selects::expression)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + SqlName.of(ID)));
        List<String> rows = new ArrayList<>();
        try (Statement statement = reading.createStatement();
                ResultSet found = statement.executeQuery(select)) {
            while (found.next()) {
                byte[][] row = new byte[layout.columns().size()][];
                for (int i = 0; i < row.length; i++) {
                    row[i] = found.getBytes(i + 1);
                }
                rows.add(text(row));
            }
        }
        return rows;
    }

    /** That the table is read in chunks, and that they have each row once; the same of its parts. */
    void assertReadsAll(Random random) throws Exception {
        List<String> expected = select();
        TableChunks chunks = chunks();

        assertThat(chunks.isOrdered()).as("ordered").isTrue();
        assertThat(readAll(Place.BEGINNING, random)).containsExactlyInAnyOrderElementsOf(expected);
        List<String> byParts = new ArrayList<>();
        for (Place part : chunks.parts(reading, 2 + random.nextInt(4))) {
            byParts.addAll(readAll(part, random));
        }
        assertThat(byParts).as("in parts").containsExactlyInAnyOrderElementsOf(expected);
    }

    /** How many rows of indexes and tables MySQL has read on this connection. */
    long rowsRead() throws SQLException {
        long rows = 0;
        try (Statement statement = reading.createStatement();
                ResultSet found = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler\\_read%'")) {
            while (found.next()) {
                rows += found.getLong(2);
            }
        }
        return rows;
    }

    static String text(byte[][] row) {
        return Arrays.stream(row)
                .map(cell -> cell == null ? "NULL" : HexFormat.of().formatHex(cell))
                .collect(Collectors.joining(","));
    }

    private Connection open() throws SQLException {
        Connection connection = SnapshotConnection.open(SettingsFor.capture(mysql, "shop.t", Path.of("unused")));
        SnapshotConnection.giveRawText(connection);
        return connection;
    }
}
