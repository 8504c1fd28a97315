package floe.debezium;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;

import floe.change.Column;
import floe.change.TableShape;
import floe.mysql.QuotedTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;

/**
 * Reads the definition that a table has after a schema change from Debezium's table change.
 *
 * <p>Debezium keeps the words of the statement, such as {@code INTEGER UNSIGNED} or {@code NATIONAL VARCHAR}, and one
 * length for all that stands in parentheses; here they become what {@code information_schema} says of the same column.
 * Three things stay as Debezium has them. A TEXT(n) is a {@code text}, though MySQL may choose a type of another size. The
 * default of the moment is {@code 1970-01-01 00:00:00}. And no column counts as generated, since Debezium does not see which
 * are, and means by the word that MySQL numbers the rows.
 */
public final class TableChangeShape {

    /** What goes with a type's name in {@code typeName}; BINARY asks for a collation, unless it is the type itself. */
    private static final Pattern ATTRIBUTES = Pattern.compile("(?<=\\S) (unsigned|signed|zerofill|binary)\\b");

    private static final Set<String> TEXTS = Set.of("char", "varchar");
    private static final Set<String> BYTES = Set.of("binary", "varbinary");
    private static final Set<String> TIMES = Set.of("datetime", "timestamp", "time");
    private static final Set<String> APPROXIMATE = Set.of("float", "double");

    /** From here on a FLOAT(p) is a DOUBLE. */
    private static final int DOUBLE_BITS = 25;

    private static final int TINY_BYTES = 255;
    private static final int BLOB_BYTES = 65_535;
    private static final int MEDIUM_BYTES = 16_777_215;

    /** Other names of MySQL's types: sections 11.1 (numbers), 11.3 (strings) and 11.9 (of other products) of its manual. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            entry("bool", "tinyint"),
            entry("boolean", "tinyint"),
            entry("int1", "tinyint"),
            entry("int2", "smallint"),
            entry("int3", "mediumint"),
            entry("middleint", "mediumint"),
            entry("int4", "int"),
            entry("integer", "int"),
            entry("int8", "bigint"),
            entry("dec", "decimal"),
            entry("fixed", "decimal"),
            entry("numeric", "decimal"),
            entry("float4", "float"),
            entry("float8", "double"),
            entry("real", "double"),
            entry("double precision", "double"),
            entry("character", "char"),
            entry("nchar", "char"),
            entry("national char", "char"),
            entry("national character", "char"),
            entry("char varying", "varchar"),
            entry("character varying", "varchar"),
            entry("nvarchar", "varchar"),
            entry("nchar varchar", "varchar"),
            entry("nchar varying", "varchar"),
            entry("national varchar", "varchar"),
            entry("national char varying", "varchar"),
            entry("national character varying", "varchar"),
            entry("long", "mediumtext"),
            entry("long varchar", "mediumtext"),
            entry("long varbinary", "mediumblob"),
            entry("geometrycollection", "geomcollection"));

    private TableChangeShape() {}

    /** The shape in one of Debezium's table changes, which must not be that of a dropped table. */
    public static TableShape of(Struct tableChange) {
        Struct table = tableChange.getStruct("table");
        List<Column> columns = new ArrayList<>();
        for (Struct column : table.<Struct>getArray("columns")) {
            columns.add(column(column));
        }
        List<String> key = table.getArray("primaryKeyColumnNames");
        Set<String> names = columns.stream().map(Column::name).collect(toSet());
        return new TableShape(key != null && names.containsAll(key) ? key : List.of(), columns);
    }

    private static Column column(Struct column) {
        String written = column.getString("typeName").toLowerCase(Locale.ROOT);
        Integer length = column.getInt32("length");
        Integer scale = column.getInt32("scale");
        boolean binary = "binary".equals(column.getString("charsetName"));
        String type = type(written, length, scale, binary);
        Column.Builder shaped = Column.named(column.getString("name"), type)
                .unsigned(written.contains(" unsigned") || written.contains(" zerofill"))
                .nullable(Boolean.TRUE.equals(column.getBoolean("optional")))
                .defaultValue(column.getString("defaultValueExpression"))
                .charset(binary ? null : column.getString("charsetName"))
                .members(members(column.getArray("enumValues")));
        if (TEXTS.contains(type) || BYTES.contains(type)) {
            shaped.length(length == null ? 1L : length.longValue());
        } else if (type.equals("decimal") || type.equals("bit") || (APPROXIMATE.contains(type) && scale != null)) {
            shaped.precision(length).scale(scale);
        } else if (TIMES.contains(type)) {
            shaped.fraction(length == null ? 0 : length);
        }
        return shaped.build();
    }

    private static String type(String written, Integer length, Integer scale, boolean binary) {
        String bare = ATTRIBUTES.matcher(written).replaceAll("");
        String type = SYNONYMS.getOrDefault(bare, bare);
        if (binary) {
            type = TEXTS.contains(type) ? type.replace("char", "binary") : type.replace("text", "blob");
        }
        if (type.equals("float") && length != null && scale == null && length >= DOUBLE_BITS) {
            return "double";
        }
        return type.equals("blob") && length != null ? blob(length) : type;
    }

    /** The smallest type that holds so many bytes, as MySQL chooses it. */
    private static String blob(int bytes) {
        if (bytes <= TINY_BYTES) {
            return "tinyblob";
        }
        return bytes <= BLOB_BYTES ? "blob" : bytes <= MEDIUM_BYTES ? "mediumblob" : "longblob";
    }

    private static List<String> members(List<String> literals) {
        return Stream.ofNullable(literals)
                .flatMap(List::stream)
                .flatMap(literal -> QuotedTexts.in(literal).stream())
                .toList();
    }
}
