package local.soak;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import local.tables.Mirrored;
import local.tables.Table;

/** What is written to MySQL while everything fails. For one thread. */
interface Writes extends AutoCloseable {

    /** The source tables with their targets, as the setting {@code load.tables} takes them. */
    String tables();

    /** What Floe is told besides. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Those of them that are there now, with their copies. */
    List<Mirrored> mirrored() throws SQLException;

    /** Writes for a moment. If MySQL goes away meanwhile, this returns once it is back. */
    void step() throws Exception;

    /** Ends what takes several steps. */
    default void comeToRest() throws Exception {}

    /** The tables that only a snapshot makes equal when all is at rest. */
    default List<Table> readAgain() {
        return List.of();
    }

    /** Rows that were written. */
    long rows();

    /** What was done, for people: counts by name. */
    Map<String, Long> told();

    /** What was done to the definition of a table, in its order. */
    default List<String> definitionsOf(Table table) {
        return List.of();
    }

    /** Whether what was done is what was meant. */
    default boolean isWell() {
        return true;
    }

    @Override
    void close() throws Exception;
}
