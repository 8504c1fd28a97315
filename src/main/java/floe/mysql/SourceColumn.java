package floe.mysql;

/**
 * A column of a MySQL table, as {@code information_schema.columns} describes it.
 *
 * @param name as MySQL spells it
 * @param columnType the full type, such as {@code bigint(20) unsigned}
 * @param dataType the type's name alone, such as {@code bigint}
 * @param length characters of a text, bytes of a binary string; null for other types
 * @param numericPrecision digits of a number, bits of a BIT; null for other types
 * @param scale digits after the point; null for other types
 * @param datetimePrecision digits after the second; null for other types
 * @param nullable whether it may be NULL
 * @param defaultValue the default's text or expression; null if it is NULL or there is none
 * @param generated whether MySQL computes it from other columns, stored or not
 * @param charset of a text; null for other types
 * @param collation of a text; null for other types
 */
public record SourceColumn(
        String name,
        String columnType,
        String dataType,
        Long length,
        Integer numericPrecision,
        Integer scale,
        Integer datetimePrecision,
        boolean nullable,
        String defaultValue,
        boolean generated,
        String charset,
        String collation) {}
