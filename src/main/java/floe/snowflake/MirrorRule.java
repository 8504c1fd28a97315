package floe.snowflake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How its owner wants a table to be mirrored. "floe setup" records it in Snowflake, where FLOE_EVOLVE follows it.
 *
 * @param deletes what becomes of a row that is deleted
 * @param droppedColumns what becomes of a column that the source has no more
 * @param droppedTables what becomes of the table when the source is dropped
 * @param metadata which columns tell of a row's last change
 */
public record MirrorRule(
        Deletes deletes, DroppedColumns droppedColumns, DroppedTables droppedTables, Set<Metadata> metadata) {

    /** The column that marks a row as deleted, where these stay. */
    static final String DELETED = "_DELETED";

    /** What load.deletes may hold. */
    public enum Deletes {
        HARD,
        SOFT
    }

    /** What load.dropped-columns may hold. */
    public enum DroppedColumns {
        KEEP,
        DROP
    }

    /** What load.dropped-tables may hold. */
    public enum DroppedTables {
        KEEP,
        EMPTY,
        DROP
    }

    /** What load.metadata may name. */
    public enum Metadata {
        COMMITTED_AT,
        APPLIED_AT,
        OPERATION;

        /** The column that it is written to. */
        public String column() {
            return "_" + name();
        }
    }

    public MirrorRule {
        metadata = Set.copyOf(metadata);
    }

    /** The columns of {@link #metadata()}, in their order, with commas between them. */
    String metadataColumns() {
        return Arrays.stream(Metadata.values())
                .filter(metadata::contains)
                .map(Metadata::column)
                .collect(Collectors.joining(","));
    }

    /** A choice as the settings and FLOE_OPTIONS spell it. */
    static String spelled(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
