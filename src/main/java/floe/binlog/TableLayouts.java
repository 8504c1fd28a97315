package floe.binlog;

import floe.change.Column;
import floe.change.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Makes a {@link TableLayout} of what the binlog says of a table, and of what it leaves out and MySQL says now.
 *
 * <p>The binlog lacks: before MySQL 8.0.14 the character sets of ENUM and SET, unique keys that stand for a primary key, and
 * whether a number has a sign where the table has a YEAR too, since servers differ in whether that has one.
 */
public final class TableLayouts {

    private static final int BINARY_COLLATION = 63;

    /** What a TEXT or BLOB is called whose length takes one byte, two, three, and four. */
    private static final List<String> SIZES = List.of("tiny", "", "medium", "long");

    /** Of the others the binlog does not say whether they have a sign, nor does it matter to their cells. */
    private static final Set<MySqlType> INTEGERS =
            EnumSet.of(MySqlType.TINYINT, MySqlType.SMALLINT, MySqlType.MEDIUMINT, MySqlType.INT, MySqlType.BIGINT);

    private static final Set<String> GEOMETRIES = Set.of(
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geomcollection",
            "geometrycollection");

    private final IntFunction<String> charsetOfCollation;

    /** @param charsetOfCollation the name of a collation's character set, by the collation's number; null if unknown */
    public TableLayouts(IntFunction<String> charsetOfCollation) {
        this.charsetOfCollation = charsetOfCollation;
    }

    /**
     * The layout of the table that {@code map} describes.
     *
     * @param now how MySQL defines the table now; null if it does not have it any more
     * @throws UnreadableEvent if its rows cannot be read, with the reason
     */
    public TableLayout layout(TableMap map, TableShape now) {
        if (!map.full()) {
            throw new UnreadableEvent("its rows were written without the names of their columns; binlog_row_metadata"
                    + " should be FULL when they are");
        }
        List<ColumnLayout> columns = new ArrayList<>();
        for (int i = 0; i < map.columns().size(); i++) {
            columns.add(column(map.columns().get(i), like(map, i, now)));
        }
        boolean made = map.key().isEmpty() && now != null && now.made() != null;
        return made
                ? new TableLayout(map.table(), columns, now.made())
                : new TableLayout(map.table(), columns, key(map, now));
    }

    /** The column of the same name as MySQL has it now; null if there is none of that name and kind. */
    private static Column like(TableMap map, int place, TableShape now) {
        if (now == null) {
            return null;
        }
        String name = map.columns().get(place).name();
        return now.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether MySQL has these columns now, by name and order, and this primary key. */
    public static boolean isLike(TableMap map, TableShape now) {
        if (now == null) {
            return false;
        }
        List<String> names =
                map.columns().stream().map(TableMap.MappedColumn::name).toList();
        return now.sourceColumns().stream().map(Column::name).toList().equals(names)
                && (map.key().isEmpty()
                        || now.key().equals(map.key().stream().map(names::get).toList()));
    }

    /** Whether the columns of {@code now}, which have the names of those of the layout, have their types too. */
    public static boolean hasTypesOf(TableLayout layout, TableShape now) {
        List<Column> columns = now.sourceColumns();
        for (int i = 0; i < columns.size(); i++) {
            if (!isOfType(layout.columns().get(i), columns.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The shape of a table that MySQL has no more as it was, so that nobody can be asked: from its rows' layout, and the columns of
     * the same name and type that are known of before or afterwards. The default of any other column is not known.
     *
     * @param before what was told of it last; null for nothing
     * @param now how MySQL defines it now; null if it does not have it any more
     */
    public static TableShape shape(TableLayout layout, TableShape before, TableShape now) {
        List<Column> columns = new ArrayList<>();
        for (ColumnLayout column : layout.columns()) {
            columns.add(known(column, before).or(() -> known(column, now)).orElseGet(() -> Column.named(
                            column.name(), typeName(column))
                    .unsigned(column.unsigned())
                    .precision(hasPrecision(column) ? column.size() : null)
                    .scale(column.type() == MySqlType.DECIMAL ? column.scale() : null)
                    .fraction(hasFraction(column) ? column.scale() : null)
                    .charset(column.charset())
                    .members(column.members())
                    .expression(true)
                    .build()));
        }
        if (layout.made() != null) {
            return new TableShape(List.of(), columns).keyedBy(layout.made());
        }
        return new TableShape(
                Arrays.stream(layout.key())
                        .mapToObj(place -> layout.columns().get(place).name())
                        .toList(),
                columns);
    }

    private static Optional<Column> known(ColumnLayout column, TableShape shape) {
        return shape == null
                ? Optional.empty()
                : shape.sourceColumns().stream()
                        .filter(other -> other.name().equals(column.name()) && isOfType(column, other))
                        .findFirst();
    }

    private static boolean isOfType(ColumnLayout layout, Column column) {
        String type = column.type();
        boolean sameType =
                switch (layout.type()) {
                    case TEXT -> type.endsWith("text");
                    case BLOB -> type.endsWith("blob");
                    case GEOMETRY -> GEOMETRIES.contains(type);
                    default -> type.equals(typeName(layout));
                };
        return sameType
                && (!INTEGERS.contains(layout.type()) || layout.unsigned() == column.unsigned())
                && (!hasPrecision(layout) || Objects.equals(column.precision(), layout.size()))
                && (layout.type() != MySqlType.DECIMAL || Objects.equals(column.scale(), layout.scale()))
                && (!hasFraction(layout) || Objects.equals(column.fraction(), layout.scale()));
    }

    private static boolean hasPrecision(ColumnLayout column) {
        return column.type() == MySqlType.DECIMAL || column.type() == MySqlType.BIT;
    }

    private static boolean hasFraction(ColumnLayout column) {
        return switch (column.type()) {
            case TIME, DATETIME, TIMESTAMP -> true;
            default -> false;
        };
    }

    private static String typeName(ColumnLayout column) {
        return switch (column.type()) {
            case OLD_TIME -> "time";
            case OLD_DATETIME -> "datetime";
            case OLD_TIMESTAMP -> "timestamp";
            case TEXT -> SIZES.get(column.size() - 1) + "text";
            case BLOB -> SIZES.get(column.size() - 1) + "blob";
            default -> column.type().name().toLowerCase(Locale.ROOT);
        };
    }

    private static int[] key(TableMap map, TableShape now) {
        List<Integer> key = map.key();
        if (key.isEmpty() && now != null) {
            List<String> names =
                    map.columns().stream().map(TableMap.MappedColumn::name).toList();
            key = now.key().stream().map(names::indexOf).toList();
        }
        if (key.isEmpty() || key.contains(-1)) {
            throw new UnreadableEvent(
                    "it has no key that tells its rows apart: a primary key, or a unique key of NOT" + " NULL columns");
        }
        return key.stream().mapToInt(Integer::intValue).toArray();
    }

    private ColumnLayout column(TableMap.MappedColumn column, Column now) {
        String name = column.name();
        int metadata = column.metadata();
        return switch (column.type()) {
            case TableMap.TINY -> number(column, MySqlType.TINYINT, now);
            case TableMap.SHORT -> number(column, MySqlType.SMALLINT, now);
            case TableMap.INT24 -> number(column, MySqlType.MEDIUMINT, now);
            case TableMap.LONG -> number(column, MySqlType.INT, now);
            case TableMap.LONGLONG -> number(column, MySqlType.BIGINT, now);
            case TableMap.FLOAT -> ColumnLayout.of(name, MySqlType.FLOAT);
            case TableMap.DOUBLE -> ColumnLayout.of(name, MySqlType.DOUBLE);
            case TableMap.NEWDECIMAL -> sized(name, MySqlType.DECIMAL, metadata & 0xff, metadata >> 8);
            case TableMap.BIT -> sized(name, MySqlType.BIT, (metadata >> 8) * 8 + (metadata & 0xff), 0);
            case TableMap.YEAR -> ColumnLayout.of(name, MySqlType.YEAR);
            case TableMap.DATE, TableMap.NEWDATE -> ColumnLayout.of(name, MySqlType.DATE);
            case TableMap.TIME2 -> sized(name, MySqlType.TIME, 0, metadata);
            case TableMap.DATETIME2 -> sized(name, MySqlType.DATETIME, 0, metadata);
            case TableMap.TIMESTAMP2 -> sized(name, MySqlType.TIMESTAMP, 0, metadata);
            case TableMap.TIME -> ColumnLayout.of(name, MySqlType.OLD_TIME);
            case TableMap.DATETIME -> ColumnLayout.of(name, MySqlType.OLD_DATETIME);
            case TableMap.TIMESTAMP -> ColumnLayout.of(name, MySqlType.OLD_TIMESTAMP);
            case TableMap.STRING -> text(column, MySqlType.CHAR, MySqlType.BINARY);
            case TableMap.VARCHAR, TableMap.VAR_STRING -> text(column, MySqlType.VARCHAR, MySqlType.VARBINARY);
            case TableMap.TINY_BLOB, TableMap.BLOB, TableMap.MEDIUM_BLOB, TableMap.LONG_BLOB ->
                text(column, MySqlType.TEXT, MySqlType.BLOB);
            case TableMap.ENUM -> members(column, MySqlType.ENUM, now);
            case TableMap.SET -> members(column, MySqlType.SET, now);
            case TableMap.JSON -> sized(name, MySqlType.JSON, metadata, 0);
            case TableMap.GEOMETRY -> sized(name, MySqlType.GEOMETRY, metadata, 0);
            case TableMap.VECTOR -> throw unknown(name, "VECTOR");
            default -> throw unknown(name, "number " + column.type());
        };
    }

    private static UnreadableEvent unknown(String name, String type) {
        return new UnreadableEvent("its column " + name + " has the type " + type + ", which Floe does not know");
    }

    private static ColumnLayout sized(String name, MySqlType type, int size, int scale) {
        return new ColumnLayout(name, type, false, size, scale, null, List.of());
    }

    private static ColumnLayout number(TableMap.MappedColumn column, MySqlType type, Column now) {
        Boolean unsigned = column.unsigned();
        if (unsigned == null) {
            throw new UnreadableEvent("nobody says whether its column " + column.name() + " has a sign");
        }
        if (!unsigned.equals(column.unsignedBesideYear())) {
            if (now == null) {
                throw new UnreadableEvent("the binlog does not say clearly whether its column " + column.name()
                        + " has a sign, and MySQL does not have the table any more");
            }
            unsigned = now.unsigned();
        }
        return new ColumnLayout(column.name(), type, unsigned, 0, 0, null, List.of());
    }

    private ColumnLayout text(TableMap.MappedColumn column, MySqlType text, MySqlType bytes) {
        boolean isBytes = column.collation() == BINARY_COLLATION;
        return new ColumnLayout(
                column.name(),
                isBytes ? bytes : text,
                false,
                column.metadata(),
                0,
                isBytes ? null : charset(column.name(), column.collation()),
                List.of());
    }

    private String charset(String column, int collation) {
        String charset = charsetOfCollation.apply(collation);
        if (charset == null) {
            throw new UnreadableEvent(
                    "its column " + column + " has the collation " + collation + ", which MySQL does not list");
        }
        return charset;
    }

    private ColumnLayout members(TableMap.MappedColumn column, MySqlType type, Column now) {
        String charset =
                column.collation() == 0 ? charsetOfNow(column, now) : charset(column.name(), column.collation());
        CharacterSet decoder = CharacterSet.of(charset)
                .orElseThrow(() -> new UnreadableEvent(
                        "its column " + column.name() + " has the character set " + charset + ", which is not known"));
        List<String> members = column.members().stream().map(decoder::text).toList();
        return new ColumnLayout(column.name(), type, false, column.metadata(), 0, charset, members);
    }

    /** Members in plain ASCII need none. The information schema has the members too, but no character beyond utf8mb3. */
    private static String charsetOfNow(TableMap.MappedColumn column, Column now) {
        if (now != null && now.charset() != null) {
            return now.charset();
        }
        if (column.members().stream().allMatch(bytes -> CharacterSet.isAscii(bytes, 0, bytes.length))) {
            return "ascii";
        }
        throw new UnreadableEvent("the binlog does not say the character set of its column " + column.name()
                + ", and MySQL does not have that column any more");
    }
}
