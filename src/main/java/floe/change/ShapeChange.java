package floe.change;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the change of a table's shape did to the rows that were there: MySQL fills, converts and drops values without telling
 * rows. In doubt it did something.
 */
public final class ShapeChange {

    private static final List<String> INTEGERS = List.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
    private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");
    private static final Set<String> WITH_LENGTH = Set.of("char", "varchar", "varbinary");

    /** Characters of up to four bytes, and bytes, that each TEXT and each BLOB can hold. */
    private static final List<Long> MOST_CHARACTERS = List.of(63L, 16_383L, 4_194_303L, 1_073_741_823L);

    private static final List<Long> MOST_BYTES = List.of(255L, 65_535L, 16_777_215L, 4_294_967_295L);

    private ShapeChange() {}

    /** How old rows may differ, without any value of a row; empty if each keeps what it has. */
    public static Optional<String> ofRows(TableShape before, TableShape after) {
        if (!before.key().equals(after.key())) {
            return Optional.of("another key");
        }
        if (after.made() == MadeKey.HASH && !names(before).equals(names(after))) {
            return Optional.of("other hashes of rows");
        }
        Map<String, Column> old = new HashMap<>();
        before.columns().forEach(column -> old.put(column.name(), column));
        for (Column column : after.columns()) {
            Column was = old.get(column.name());
            if (was == null && hasValue(column)) {
                return Optional.of("a new column with a value in old rows");
            }
            if (was != null && !keepsValues(was, column)) {
                return Optional.of("a column whose values may be others in old rows");
            }
        }
        return Optional.empty();
    }

    private static List<String> names(TableShape shape) {
        return shape.columns().stream().map(Column::name).toList();
    }

    /** Whether rows that were there hold something in a new column. */
    private static boolean hasValue(Column column) {
        return !column.nullable() || column.defaultValue() != null || column.generated();
    }

    private static boolean keepsValues(Column was, Column is) {
        return was.generated() == is.generated()
                && (is.nullable() || !was.nullable())
                && was.unsigned() == is.unsigned()
                && (was.charset() == null ? is.charset() == null : was.charset().equals(is.charset()))
                && (was.type().equals(is.type()) ? holdsAllOf(was, is) : isWider(was, is));
    }

    /** Whether a column of the same type has room for every value in the same form. */
    private static boolean holdsAllOf(Column was, Column is) {
        return switch (is.type()) {
            case "char", "varchar", "varbinary" -> is.length() >= was.length();
            case "decimal" -> is.scale().equals(was.scale()) && is.precision() >= was.precision();
            case "enum" -> is.members().containsAll(was.members());
            case "set" ->
                is.members().stream().filter(was.members()::contains).toList().equals(was.members());
            default ->
                same(was.length(), is.length())
                        && same(was.precision(), is.precision())
                        && same(was.scale(), is.scale())
                        && same(was.fraction(), is.fraction());
        };
    }

    private static boolean same(Object one, Object other) {
        return one == null ? other == null : one.equals(other);
    }

    private static boolean isWider(Column was, Column is) {
        if (was.type().equals("char") && is.type().equals("varchar")) {
            return is.length() >= was.length();
        }
        if (WITH_LENGTH.contains(was.type())) {
            boolean isText = TEXTS.contains(is.type()) && !was.type().equals("varbinary");
            boolean isBlob = BLOBS.contains(is.type()) && was.type().equals("varbinary");
            return (isText && MOST_CHARACTERS.get(TEXTS.indexOf(is.type())) >= was.length())
                    || (isBlob && MOST_BYTES.get(BLOBS.indexOf(is.type())) >= was.length());
        }
        return List.of(INTEGERS, TEXTS, BLOBS).stream()
                .anyMatch(sizes -> sizes.contains(was.type()) && sizes.indexOf(is.type()) > sizes.indexOf(was.type()));
    }
}
