package floe.change;

import java.util.List;
import java.util.Objects;

/**
 * A column of a MySQL table. What a source does not say of it is null, false or empty.
 *
 * @param name as MySQL spells it
 * @param type the type's name alone in MySQL's own words and in lower case, such as {@code bigint}: the
 *     {@code DATA_TYPE} of {@code information_schema.COLUMNS}, not one of the synonyms that statements may use
 * @param unsigned whether a number has no sign
 * @param length most characters of a CHAR or VARCHAR, most bytes of a BINARY or VARBINARY; null for other types, whose
 *     names say it
 * @param precision digits of a DECIMAL, or of a FLOAT or DOUBLE that has a {@code scale}; bits of a BIT; null for other
 *     types, whose names say it
 * @param scale digits after the point, of those that have a precision; null for other types
 * @param fraction digits after the second of a DATETIME, TIMESTAMP or TIME, from 0 to 6; null for other types
 * @param nullable whether it may be NULL
 * @param defaultValue the default as the source writes it, a constant's text without quotes or an expression; null if it
 *     is NULL or there is none
 * @param expression whether the default is an expression, which gives each row its own value
 * @param generated whether MySQL computes it from other columns, stored or not
 * @param charset MySQL's name of a text's character set; null for other types, and where it is the table's and the source
 *     does not say which that is
 * @param members of an ENUM or SET in their order, not quoted; empty for other types
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/information-schema-columns-table.html">The INFORMATION_SCHEMA
 *     COLUMNS Table</a>
 */
public record Column(
        String name,
        String type,
        boolean unsigned,
        Long length,
        Integer precision,
        Integer scale,
        Integer fraction,
        boolean nullable,
        String defaultValue,
        boolean expression,
        boolean generated,
        String charset,
        List<String> members) {

    private static final int MOST_FRACTION_DIGITS = 6;

    /** @throws IllegalArgumentException if the name or the type is empty, or a number is out of its range */
    public Column {
        if (name.isEmpty() || type.isBlank()) {
            throw new IllegalArgumentException(
                    "A column needs a name and a type; these are '" + name + "' and '" + type + "'");
        }
        check(name, "length", length, Long.MAX_VALUE);
        check(name, "precision", precision, Integer.MAX_VALUE);
        check(name, "scale", scale, Integer.MAX_VALUE);
        check(name, "fraction", fraction, MOST_FRACTION_DIGITS);
        members = List.copyOf(members);
    }

    /** A column of which nothing is known but this, and that it may be NULL, unless the builder is told more. */
    public static Builder named(String name, String type) {
        return new Builder(name, type);
    }

    private static void check(String name, String what, Number value, long greatest) {
        if (value != null && (value.longValue() < 0 || value.longValue() > greatest)) {
            throw new IllegalArgumentException(
                    "The " + what + " of the column " + name + " is " + value + "; it should be from 0 to " + greatest);
        }
    }

    /** A column of which more is told; each method returns the builder itself, and means what the component means. */
    public static final class Builder {

        private final String name;
        private final String type;
        private boolean unsigned;
        private Long length;
        private Integer precision;
        private Integer scale;
        private Integer fraction;
        private boolean nullable = true;
        private String defaultValue;
        private boolean expression;
        private boolean generated;
        private String charset;
        private List<String> members = List.of();

        private Builder(String name, String type) {
            this.name = Objects.requireNonNull(name, "name");
            this.type = Objects.requireNonNull(type, "type");
        }

        /** See {@link Column#unsigned}. */
        public Builder unsigned(boolean isUnsigned) {
            unsigned = isUnsigned;
            return this;
        }

        /** See {@link Column#length}. */
        public Builder length(Long most) {
            length = most;
            return this;
        }

        /** See {@link Column#precision}. */
        public Builder precision(Integer digits) {
            precision = digits;
            return this;
        }

        /** See {@link Column#scale}. */
        public Builder scale(Integer digits) {
            scale = digits;
            return this;
        }

        /** See {@link Column#fraction}. */
        public Builder fraction(Integer digits) {
            fraction = digits;
            return this;
        }

        /** See {@link Column#nullable}. */
        public Builder nullable(boolean isNullable) {
            nullable = isNullable;
            return this;
        }

        /** See {@link Column#defaultValue}. */
        public Builder defaultValue(String text) {
            defaultValue = text;
            return this;
        }

        /** See {@link Column#expression}. */
        public Builder expression(boolean isExpression) {
            expression = isExpression;
            return this;
        }

        /** See {@link Column#generated}. */
        public Builder generated(boolean isGenerated) {
            generated = isGenerated;
            return this;
        }

        /** See {@link Column#charset}. */
        public Builder charset(String charsetName) {
            charset = charsetName;
            return this;
        }

        /** See {@link Column#members}. */
        public Builder members(List<String> names) {
            members = names;
            return this;
        }

        /** The column. */
        public Column build() {
            return new Column(
                    name,
                    type,
                    unsigned,
                    length,
                    precision,
                    scale,
                    fraction,
                    nullable,
                    defaultValue,
                    expression,
                    generated,
                    charset,
                    members);
        }
    }
}
