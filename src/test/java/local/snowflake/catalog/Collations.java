package local.snowflake.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import local.snowflake.sql.ObjectName;

/** DEFAULT_DDL_COLLATION of schemas and tables: what columns get that are made there without another. */
final class Collations {

    private final Map<String, Collation> ofSchemas = new ConcurrentHashMap<>();
    private final Map<String, Collation> ofTables = new ConcurrentHashMap<>();

    void schema(String h2Schema, Collation collation) {
        ofSchemas.put(h2Schema, collation);
    }

    /** A table was made, perhaps in the place of another. */
    void table(ObjectName table, Optional<Collation> own) {
        ofTables.remove(table.h2());
        own.ifPresent(collation -> ofTables.put(table.h2(), collation));
    }

    Collation of(ObjectName table) {
        return ofTables.getOrDefault(table.h2(), ofSchema(table));
    }

    Collation ofSchema(ObjectName table) {
        return ofSchemas.getOrDefault(table.h2Schema(), Collation.NONE);
    }
}
