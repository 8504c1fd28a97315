package local.tables;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A column as the information schema describes it.
 *
 * @param type the name of its type in lower case, such as {@code int}
 * @param fullType with length, sign and members, such as {@code int(10) unsigned}
 * @param defaultValue as the information schema has it; null without one
 * @param extra such as {@code auto_increment}
 * @param generation the expression of a generated column; empty for others
 * @param charset of its text; null for other types
 * @param length in characters of a text, in bytes of bytes; 0 for other types
 * @param precision digits of a number, bits of a BIT; 0 for other types
 * @param scale digits after the point
 * @param fraction digits after the second
 * @param members of an ENUM or SET
 * @param srid that geometries must have; -1 for any
 */
public record Column(
        String name,
        String type,
        String fullType,
        boolean nullable,
        String defaultValue,
        String extra,
        String generation,
        String charset,
        String collation,
        long length,
        int precision,
        int scale,
        int fraction,
        List<String> members,
        long srid) {

    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> TEXTS = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");
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

    /** What its values are, whatever their size. */
    public enum Kind {
        INTEGER,
        DECIMAL,
        FLOAT,
        DOUBLE,
        BIT,
        YEAR,
        DATE,
        DATETIME,
        TIMESTAMP,
        TIME,
        TEXT,
        BYTES,
        ENUM,
        SET,
        JSON,
        GEOMETRY
    }

    public Kind kind() {
        if (INTEGERS.contains(type)) {
            return Kind.INTEGER;
        }
        if (TEXTS.contains(type)) {
            return Kind.TEXT;
        }
        if (BYTES.contains(type)) {
            return Kind.BYTES;
        }
        return GEOMETRIES.contains(type) ? Kind.GEOMETRY : Kind.valueOf(type.toUpperCase(Locale.ROOT));
    }

    public boolean isUnsigned() {
        return fullType.contains("unsigned");
    }

    public boolean isGenerated() {
        return !generation.isEmpty();
    }

    public boolean isAutoIncrement() {
        return extra.contains("auto_increment");
    }

    /** Its name in MySQL's quotes. */
    public String quoted() {
        return quoted(name);
    }

    /** A name in MySQL's quotes. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Its type with the character set of its text. */
    public String typeWithCharset() {
        return charset == null ? fullType : fullType + " CHARACTER SET " + charset + " COLLATE " + collation;
    }
}
