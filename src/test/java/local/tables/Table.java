package local.tables;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as the information schema describes it.
 *
 * @param key the columns that tell its rows apart, in their order: of the primary key or, without one, of the unique index over
 *     NOT NULL columns that MySQL takes in its place; empty without either
 * @param hasPrimaryKey whether {@code key} is the primary key
 * @param indexes the names of all others
 * @param indexed the names of the columns that are in any index
 * @param references its foreign keys
 * @param isParent whether foreign keys of other tables, or of its own, refer to it
 * @param partitions the names of its partitions; empty if it is in one piece
 * @param partitioning how rows come to them, such as {@code HASH year(at)}; empty if it is in one piece
 */
public record Table(
        String schema,
        String name,
        List<Column> columns,
        List<String> key,
        boolean hasPrimaryKey,
        List<String> indexes,
        Set<String> indexed,
        List<Reference> references,
        boolean isParent,
        List<String> partitions,
        String partitioning) {

    /** Its schema and name in MySQL's quotes. */
    public String quoted() {
        return quoted(name);
    }

    /** Another one beside it, in MySQL's quotes. */
    public String quoted(String otherName) {
        return Column.quoted(schema) + "." + Column.quoted(otherName);
    }

    public Optional<Column> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /** Those that a statement may give a value. */
    public List<Column> written() {
        return columns.stream().filter(column -> !column.isGenerated()).toList();
    }

    public boolean isKey(Column column) {
        return key.contains(column.name());
    }

    /** Those that nothing else of the table depends on: no index, key, foreign key, expression or partition. */
    public List<Column> plain() {
        return written().stream()
                .filter(column -> !indexed.contains(column.name()) && !isKey(column) && !isUsed(column))
                .toList();
    }

    private boolean isUsed(Column column) {
        return partitioning.contains(column.name())
                || references.stream().anyMatch(reference -> reference.columns().contains(column.name()))
                || columns.stream().anyMatch(other -> other.generation().contains(column.quoted()));
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
