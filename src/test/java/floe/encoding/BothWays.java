package floe.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.EventHeader;
import floe.binlog.RawEvent;
import floe.binlog.RowImages;
import floe.binlog.TableLayouts;
import floe.binlog.TableMap;
import floe.change.Column;
import floe.change.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import local.mysql.MySqlServer;

/**
 * A MySQL server whose rows are encoded on both ways: from the binlog's bytes, as they lie in its files, and from a
 * SELECT, as a snapshot makes it.
 */
final class BothWays implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final int TABLE_MAP = 19;
    private static final int WRITE_ROWS = 30;
    private static final int UPDATE_ROWS = 31;
    private static final int DELETE_ROWS = 32;
    private static final int CHECKSUM_BYTES = 4;

    private final MySqlServer mysql;
    private final Connection connection;
    private final boolean isNewer;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private final Map<Integer, String> charsets = new HashMap<>();

    /** What became of a cell: its JSON and its hash. */
    record Value(String json, int hash) {}

    /** @param images of the row's inserts, updates and deletes, in the order of the binlog */
    record Row(List<Value> images, Value selected, String shown) {}

    /** @param server is started, and ended with this */
    BothWays(MySqlServer server) throws Exception {
        mysql = server.start();
        connection = mysql.connection();
        isNewer = connection.getMetaData().getDatabaseMajorVersion() > 8;
        json = JSON.createGenerator(written);
        execute(
                "CREATE DATABASE s",
                "USE s",
                "SET time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES', NAMES utf8mb4");
        readCharsets();
    }

    private void readCharsets() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT ID, CHARACTER_SET_NAME FROM information_schema.COLLATIONS")) {
            while (found.next()) {
                charsets.put(found.getInt(1), found.getString(2));
            }
        }
    }

    Connection connection() {
        return connection;
    }

    void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + ": " + String.join("; ", statements), e);
        }
    }

    /**
     * Makes a table of one column of this type beside its key, inserts each of these expressions, updates the rows and
     * deletes them, and gives what became of each on its ways.
     *
     * @param shown the expression that gives the server's own text of the column {@code c}
     */
    List<Row> rows(String type, String shown, List<String> values) throws Exception {
        StringBuilder insert = new StringBuilder();
        for (String value : values) {
            insert.append(insert.length() == 0 ? "INSERT INTO t (c) VALUES (" : "), (")
                    .append(value);
        }
        return rows(type, shown, insert.append(')').toString());
    }

    /** The same with the rows that a statement inserts. */
    List<Row> rows(String type, String shown, String insert) throws Exception {
        execute("DROP TABLE IF EXISTS t");
        execute("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, touched INT NOT NULL DEFAULT 0, c " + type + ")");
        Place place = place();
        execute(insert);
        ColumnLayout column = layout(place);
        CellWriter writer = CellWriter.of(column);
        Map<Integer, Value> selected = new TreeMap<>();
        Map<Integer, String> texts = new HashMap<>();
        execute("SET character_set_results = NULL");
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT id, " + Selects.expression(column) + " FROM t")) {
            while (found.next()) {
                byte[] cell = found.getBytes(2);
                selected.put(found.getInt(1), cell == null ? null : value(out -> writer.text(cell, out)));
            }
        }
        execute("SET character_set_results = utf8mb4");
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT id, " + shown + " FROM t")) {
            while (found.next()) {
                byte[] text = found.getBytes(2);
                texts.put(found.getInt(1), text == null ? null : new String(text, UTF_8));
            }
        }
        execute("UPDATE t SET touched = 1", "DELETE FROM t");
        Map<Integer, List<Value>> images = images(place, writer);
        List<Row> rows = new ArrayList<>();
        selected.forEach((id, value) -> rows.add(new Row(images.get(id), value, texts.get(id))));
        return rows;
    }

    /** The column {@code c} as the binlog describes it, with the character set of its members from the information schema. */
    private ColumnLayout layout(Place place) throws Exception {
        TableMap map = TableMap.read(firstTableMap(place));
        String charset = value("SELECT CHARACTER_SET_NAME FROM information_schema.COLUMNS"
                + " WHERE TABLE_SCHEMA = 's' AND TABLE_NAME = 't' AND COLUMN_NAME = 'c'");
        TableShape now = new TableShape(
                List.of("id"),
                List.of(
                        Column.named("id", "int").build(),
                        Column.named("c", "varchar").charset(charset).build()));
        return new TableLayouts(charsets::get).layout(map, now).columns().get(2);
    }

    private RawEvent firstTableMap(Place place) throws IOException {
        byte[] bytes = Files.readAllBytes(place.file());
        int at = (int) place.offset();
        while (bytes[at + 4] != TABLE_MAP) {
            at += new Cells(bytes, at + 9, bytes.length).s4();
        }
        int end = at + new Cells(bytes, at + 9, bytes.length).s4() - CHECKSUM_BYTES;
        int from = at + EventHeader.BYTES;
        return new RawEvent(TABLE_MAP, 0, at, end, 0, bytes, from, end, end - from);
    }

    private String value(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }

    private record Place(Path file, long offset) {}

    private Place place() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(isNewer ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS")) {
            found.next();
            return new Place(mysql.dataDirectory().resolve(found.getString(1)), found.getLong(2));
        }
    }

    /** The images of the rows from there to the binlog's end, by the rows' ids. */
    private Map<Integer, List<Value>> images(Place place, CellWriter writer) throws Exception {
        byte[] bytes = Files.readAllBytes(place.file());
        Map<Integer, List<Value>> images = new HashMap<>();
        int at = (int) place.offset();
        while (at < bytes.length) {
            int type = bytes[at + 4];
            int length = new Cells(bytes, at + 9, bytes.length).s4();
            if (type >= WRITE_ROWS && type <= DELETE_ROWS) {
                Cells event = new Cells(bytes, at + EventHeader.BYTES, at + length - CHECKSUM_BYTES);
                rows(event, type == UPDATE_ROWS, writer, images);
            }
            at += length;
        }
        return images;
    }

    private void rows(Cells event, boolean update, CellWriter writer, Map<Integer, List<Value>> images) {
        event.skip(8);
        event.skip(event.u2() - 2L);
        int columns = (int) event.packed();
        int bitmap = RowImages.bitmapBytes(columns);
        event.skip(update ? 2L * bitmap : bitmap);
        while (event.left() > 0) {
            int nulls = event.skip(bitmap);
            int id = event.s4();
            event.skip(4);
            Value value = RowImages.isNull(event.bytes(), nulls, 2) ? null : value(out -> writer.binary(event, out));
            images.computeIfAbsent(id, none -> new ArrayList<>()).add(value);
        }
    }

    private interface Writing {
        int to(JsonGenerator out) throws IOException;
    }

    private Value value(Writing writing) {
        try {
            written.reset();
            int hash = writing.to(json);
            json.flush();
            return new Value(written.toString(UTF_8), hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        connection.close();
        mysql.close();
    }
}
