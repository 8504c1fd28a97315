package floe.mysql;

import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.TableLayout;
import floe.change.Column;
import floe.change.MadeKey;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table as the information schema showed it at one moment.
 *
 * @param shape with the key that its rows are told apart by: the primary key or, without one, the first unique index over
 *     NOT NULL columns, or what the settings say; empty if there is none of these
 * @param mostBytes for each column of the source the most bytes of a text or of bytes; null for other types
 * @param givenKey the shape's key where the table has none of its own and was given this one; empty otherwise
 */
public record SourceTable(TableId id, TableShape shape, List<Long> mostBytes, List<String> givenKey) {

    private static final String GEOMETRIES = "geometry point linestring polygon multipoint multilinestring multipolygon"
            + " geomcollection geometrycollection ";

    /** Those whose length is written in so many bytes. */
    private static final Map<String, Integer> LENGTH_BYTES = Map.of(
            "tinytext",
            1,
            "text",
            2,
            "mediumtext",
            3,
            "longtext",
            4, //
            "tinyblob",
            1,
            "blob",
            2,
            "mediumblob",
            3,
            "longblob",
            4);

    private static final int LONG_LENGTH = 4;
    private static final int ONE_BYTE_MEMBERS = 255;
    private static final int MOST_SET_BYTES = 4;

    public SourceTable {
        mostBytes = Collections.unmodifiableList(new ArrayList<>(mostBytes));
        givenKey = List.copyOf(givenKey);
    }

    /** A table with no other key than its own. */
    public SourceTable(TableId id, TableShape shape, List<Long> mostBytes) {
        this(id, shape, mostBytes, List.of());
    }

    /** Whether its rows can be told apart. */
    public boolean hasKey() {
        return !shape.key().isEmpty();
    }

    /** The same with a key that Floe makes, where it has no other and no column of that name. */
    public SourceTable orKeyedBy(MadeKey made) {
        return hasKey() || made == null || columnNamed(made.column().name()).isPresent()
                ? this
                : new SourceTable(id, shape.keyedBy(made), mostBytes);
    }

    /** The column of this name in any case, as Snowflake has no other. */
    Optional<Column> columnNamed(String name) {
        return shape.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The same with this key where it has none of its own and has these columns. */
    public SourceTable orKeyedBy(List<String> key) {
        boolean fits = !hasKey()
                && !key.isEmpty()
                && shape.columns().stream().map(Column::name).toList().containsAll(key);
        return fits ? new SourceTable(id, new TableShape(key, shape.columns()), mostBytes, key) : this;
    }

    /**
     * How its rows lie in the binlog.
     *
     * @throws UnknownType if it has a column that Floe cannot read
     */
    public TableLayout layout() {
        List<ColumnLayout> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < mostBytes.size(); i++) {
            Column column = shape.columns().get(i);
            columns.add(layout(column, mostBytes.get(i)));
            names.add(column.name());
        }
        if (shape.made() != null) {
            return new TableLayout(id, columns, shape.made());
        }
        return new TableLayout(
                id, columns, shape.key().stream().mapToInt(names::indexOf).toArray());
    }

    private ColumnLayout layout(Column column, Long most) {
        String name = column.name();
        String type = column.type();
        List<String> members = column.members();
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "float", "double" ->
                new ColumnLayout(name, named(type), column.unsigned(), 0, 0, null, List.of());
            case "decimal" ->
                new ColumnLayout(
                        name,
                        MySqlType.DECIMAL,
                        column.unsigned(),
                        column.precision(),
                        column.scale(),
                        null,
                        List.of());
            case "bit" -> sized(column, MySqlType.BIT, column.precision());
            case "year", "date" -> ColumnLayout.of(name, named(type));
            case "time", "datetime", "timestamp" ->
                new ColumnLayout(name, named(type), false, 0, column.fraction(), null, List.of());
            case "char", "varchar", "binary", "varbinary" -> sized(column, named(type), most.intValue());
            case "tinytext", "text", "mediumtext", "longtext" -> sized(column, MySqlType.TEXT, LENGTH_BYTES.get(type));
            case "tinyblob", "blob", "mediumblob", "longblob" -> sized(column, MySqlType.BLOB, LENGTH_BYTES.get(type));
            case "enum" -> sized(column, MySqlType.ENUM, members.size() <= ONE_BYTE_MEMBERS ? 1 : 2);
            case "set" -> sized(column, MySqlType.SET, setBytes(members.size()));
            case "json" -> sized(column, MySqlType.JSON, LONG_LENGTH);
            default -> {
                if (GEOMETRIES.contains(type + " ")) {
                    yield sized(column, MySqlType.GEOMETRY, LONG_LENGTH);
                }
                throw new UnknownType(id, name, type);
            }
        };
    }

    private static ColumnLayout sized(Column column, MySqlType type, int size) {
        return new ColumnLayout(column.name(), type, false, size, 0, column.charset(), column.members());
    }

    private static MySqlType named(String type) {
        return MySqlType.valueOf(type.toUpperCase(Locale.ROOT));
    }

    /** One bit for each member, in 1, 2, 3, 4 or 8 bytes (MySQL manual, "Data Type Storage Requirements"). */
    private static int setBytes(int members) {
        int bytes = (members + 7) / 8;
        return bytes > MOST_SET_BYTES ? 8 : bytes;
    }
}
