package floe.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.RowImages;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;

/**
 * A MySQL server whose rows are encoded on both ways: from the binlog's bytes, as they lie in its files, and from a
 * SELECT, as a snapshot makes it.
 */
final class BothWays implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final Pattern MEMBER = Pattern.compile("'((?:[^']|'')*)'");

    private final MySqlServer mysql;
    private final Connection connection;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonGenerator json;

    /** What became of a cell: its JSON and its hash. */
    record Value(String json, int hash) {}

    /** @param images of the row's inserts, updates and deletes, in the order of the binlog */
    record Row(List<Value> images, Value selected, String shown) {}

    BothWays() throws Exception {
        mysql = new MySqlServer(MySqlSettings.defaults()).start();
        connection = mysql.connection();
        json = JSON.createGenerator(written);
        execute("CREATE DATABASE s", "USE s", "SET time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES', NAMES utf8mb4");
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
            insert.append(insert.length() == 0 ? "INSERT INTO t (c) VALUES (" : "), (").append(value);
        }
        return rows(type, shown, insert.append(')').toString());
    }

    /** The same with the rows that a statement inserts. */
    List<Row> rows(String type, String shown, String insert) throws Exception {
        execute("DROP TABLE IF EXISTS t");
        execute("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, touched INT NOT NULL DEFAULT 0, c " + type + ")");
        ColumnLayout column = layout();
        CellWriter writer = CellWriter.of(column);
        Place place = place();
        execute(insert);
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
                ResultSet found = statement.executeQuery("SELECT id, CONVERT(" + shown + " USING utf8mb4) FROM t")) {
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

    /** The column {@code c} as the information schema describes it. */
    private ColumnLayout layout() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT DATA_TYPE, COLUMN_TYPE, CHARACTER_OCTET_LENGTH,"
                        + " NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, CHARACTER_SET_NAME"
                        + " FROM information_schema.COLUMNS WHERE TABLE_NAME = 't' AND COLUMN_NAME = 'c'"
                        + " AND TABLE_SCHEMA = 's'")) {
            found.next();
            String name = found.getString(1).toUpperCase(Locale.ROOT);
            String definition = found.getString(2);
            List<String> members = new ArrayList<>();
            if (name.equals("ENUM") || name.equals("SET")) {
                Matcher member = MEMBER.matcher(definition);
                while (member.find()) {
                    members.add(member.group(1).replace("''", "'"));
                }
            }
            MySqlType type =
                    switch (name) {
                        case "TINYTEXT", "MEDIUMTEXT", "LONGTEXT" -> MySqlType.TEXT;
                        case "TINYBLOB", "MEDIUMBLOB", "LONGBLOB" -> MySqlType.BLOB;
                        case "POINT",
                                "LINESTRING",
                                "POLYGON",
                                "MULTIPOINT",
                                "MULTILINESTRING",
                                "MULTIPOLYGON",
                                "GEOMETRYCOLLECTION",
                                "GEOMCOLLECTION" -> MySqlType.GEOMETRY;
                        default -> MySqlType.valueOf(name);
                    };
            int size =
                    switch (name) {
                        case "DECIMAL", "BIT" -> found.getInt(4);
                        case "CHAR", "VARCHAR", "BINARY", "VARBINARY" -> found.getInt(3);
                        case "ENUM" -> members.size() < 256 ? 1 : 2;
                        case "SET" -> {
                            int bytes = (members.size() + 7) / 8;
                            yield bytes > 4 ? 8 : bytes;
                        }
                        case "TINYTEXT", "TINYBLOB" -> 1;
                        case "TEXT", "BLOB" -> 2;
                        case "MEDIUMTEXT", "MEDIUMBLOB" -> 3;
                        case "LONGTEXT", "LONGBLOB" -> 4;
                        default -> type == MySqlType.JSON || type == MySqlType.GEOMETRY ? 4 : 0;
                    };
            int scale = type == MySqlType.DECIMAL ? found.getInt(5) : found.getInt(6);
            return new ColumnLayout("c", type, definition.contains("unsigned"), size, scale, found.getString(7), members);
        }
    }

    private record Place(Path file, long offset) {}

    private Place place() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SHOW MASTER STATUS")) {
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
            Cells header = new Cells(bytes, at + 4, bytes.length);
            int type = header.u1();
            header.skip(4);
            int length = header.s4();
            if (type >= 30 && type <= 32) {
                // The last four bytes are a checksum.
                rows(new Cells(bytes, at + 19, at + length - 4), type == 31, writer, images);
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
