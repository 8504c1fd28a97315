package local.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of some schemas as they were at one moment, in the order of their names. */
public final class Catalog {

    private static final Pattern MEMBER = Pattern.compile("'((?:[^']|'')*)'");
    private static final String PRIMARY = "PRIMARY";

    private final Map<String, Draft> drafts = new TreeMap<>();
    private final List<Table> tables = new ArrayList<>();

    /** A table while it is read. */
    private static final class Draft {
        private final String schema;
        private final String name;
        private final List<Column> columns = new ArrayList<>();
        private final Set<String> marked = new LinkedHashSet<>();
        private final Map<String, List<String>> unique = new LinkedHashMap<>();
        private final Set<String> indexes = new LinkedHashSet<>();
        private final Set<String> indexed = new LinkedHashSet<>();
        private final Map<String, Reference> references = new LinkedHashMap<>();
        private final List<String> partitions = new ArrayList<>();
        private String partitioning = "";
        private boolean isParent;

        private Draft(String schema, String name) {
            this.schema = schema;
            this.name = name;
        }

        private Table table() {
            List<String> key = unique.getOrDefault(
                    PRIMARY,
                    unique.values().stream()
                            .filter(columns -> !columns.isEmpty() && marked.equals(Set.copyOf(columns)))
                            .findFirst()
                            .orElse(List.of()));
            return new Table(
                    schema,
                    name,
                    List.copyOf(columns),
                    List.copyOf(key),
                    unique.containsKey(PRIMARY),
                    List.copyOf(indexes),
                    Set.copyOf(indexed),
                    List.copyOf(references.values()),
                    isParent,
                    List.copyOf(partitions),
                    partitioning);
        }
    }

    private Catalog() {}

    /** What the connection's user may see of these schemas. */
    public static Catalog read(Connection connection, Collection<String> schemas) throws SQLException {
        Catalog catalog = new Catalog();
        catalog.forEachRow(connection, schemas, COLUMNS, Catalog::addColumn);
        catalog.forEachRow(connection, schemas, INDEXES, Catalog::addIndex);
        catalog.forEachRow(connection, schemas, REFERENCES, Catalog::addReference);
        catalog.forEachRow(connection, schemas, PARTITIONS, Catalog::addPartition);
        for (Draft draft : catalog.drafts.values()) {
            for (Reference reference : draft.references.values()) {
                Draft parent = catalog.drafts.get(draft.schema + "\0" + reference.parent());
                if (parent != null) {
                    parent.isParent = true;
                }
            }
        }
        catalog.drafts.values().forEach(draft -> catalog.tables.add(draft.table()));
        return catalog;
    }

    public List<Table> tables() {
        return Collections.unmodifiableList(tables);
    }

    public Optional<Table> find(String schema, String name) {
        return tables.stream()
                .filter(table -> table.schema().equals(schema) && table.name().equals(name))
                .findFirst();
    }

    private static final String COLUMNS =
            """
            SELECT c.TABLE_SCHEMA, c.TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA,
                   GENERATION_EXPRESSION, CHARACTER_SET_NAME, COLLATION_NAME, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION,
                   NUMERIC_SCALE, DATETIME_PRECISION, COLUMN_KEY, SRS_ID
            FROM information_schema.COLUMNS c
            JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
            WHERE TABLE_TYPE = 'BASE TABLE' AND c.TABLE_SCHEMA IN (%s)
            ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, ORDINAL_POSITION""";

    private static void addColumn(Draft draft, ResultSet row) throws SQLException {
        String type = row.getString("DATA_TYPE").toLowerCase(Locale.ROOT);
        String fullType = row.getString("COLUMN_TYPE");
        String srid = row.getString("SRS_ID");
        draft.columns.add(new Column(
                row.getString("COLUMN_NAME"),
                type,
                fullType,
                row.getString("IS_NULLABLE").equals("YES"),
                row.getString("COLUMN_DEFAULT"),
                row.getString("EXTRA").toLowerCase(Locale.ROOT),
                row.getString("GENERATION_EXPRESSION"),
                row.getString("CHARACTER_SET_NAME"),
                row.getString("COLLATION_NAME"),
                row.getLong("CHARACTER_MAXIMUM_LENGTH"),
                row.getInt("NUMERIC_PRECISION"),
                row.getInt("NUMERIC_SCALE"),
                row.getInt("DATETIME_PRECISION"),
                type.equals("enum") || type.equals("set") ? members(fullType) : List.of(),
                srid == null ? -1 : Long.parseLong(srid)));
        if (row.getString("COLUMN_KEY").equals("PRI")) {
            draft.marked.add(row.getString("COLUMN_NAME"));
        }
    }

    private static List<String> members(String fullType) {
        List<String> members = new ArrayList<>();
        Matcher matcher = MEMBER.matcher(fullType);
        while (matcher.find()) {
            members.add(matcher.group(1).replace("''", "'"));
        }
        return List.copyOf(members);
    }

    private static final String INDEXES =
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, NON_UNIQUE
            FROM information_schema.STATISTICS WHERE TABLE_SCHEMA IN (%s) AND COLUMN_NAME IS NOT NULL
            ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX""";

    private static void addIndex(Draft draft, ResultSet row) throws SQLException {
        String index = row.getString("INDEX_NAME");
        if (!index.equals(PRIMARY)) {
            draft.indexes.add(index);
        }
        draft.indexed.add(row.getString("COLUMN_NAME"));
        if (!row.getBoolean("NON_UNIQUE")) {
            draft.unique.computeIfAbsent(index, any -> new ArrayList<>()).add(row.getString("COLUMN_NAME"));
        }
    }

    private static final String REFERENCES =
            """
            SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_NAME,
                   k.REFERENCED_COLUMN_NAME,
                   r.DELETE_RULE IN ('CASCADE', 'SET NULL') OR r.UPDATE_RULE IN ('CASCADE', 'SET NULL') AS CHANGES_CHILD
            FROM information_schema.KEY_COLUMN_USAGE k
            JOIN information_schema.REFERENTIAL_CONSTRAINTS r
              ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
            WHERE k.TABLE_SCHEMA IN (%s)
            ORDER BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION""";

    private static void addReference(Draft draft, ResultSet row) throws SQLException {
        String name = row.getString("CONSTRAINT_NAME");
        Reference known = draft.references.get(name);
        List<String> columns = new ArrayList<>(known == null ? List.of() : known.columns());
        List<String> parentColumns = new ArrayList<>(known == null ? List.of() : known.parentColumns());
        columns.add(row.getString("COLUMN_NAME"));
        parentColumns.add(row.getString("REFERENCED_COLUMN_NAME"));
        draft.references.put(
                name,
                new Reference(
                        name,
                        columns,
                        row.getString("REFERENCED_TABLE_NAME"),
                        parentColumns,
                        row.getBoolean("CHANGES_CHILD")));
    }

    private static final String PARTITIONS =
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, PARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION
            FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA IN (%s) AND PARTITION_NAME IS NOT NULL
            ORDER BY TABLE_SCHEMA, TABLE_NAME, PARTITION_ORDINAL_POSITION""";

    private static void addPartition(Draft draft, ResultSet row) throws SQLException {
        draft.partitions.add(row.getString("PARTITION_NAME"));
        draft.partitioning = row.getString("PARTITION_METHOD") + " " + row.getString("PARTITION_EXPRESSION");
    }

    /** What is done with a row about a table. */
    private interface RowOf {

        void accept(Draft draft, ResultSet row) throws SQLException;
    }

    private void forEachRow(Connection connection, Collection<String> schemas, String query, RowOf action)
            throws SQLException {
        String places = String.join(", ", Collections.nCopies(schemas.size(), "?"));
        try (PreparedStatement statement = connection.prepareStatement(query.formatted(places))) {
            int place = 1;
            for (String schema : schemas) {
                statement.setString(place++, schema);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String schema = rows.getString("TABLE_SCHEMA");
                    String name = rows.getString("TABLE_NAME");
                    Draft draft = drafts.get(schema + "\0" + name);
                    if (draft == null && query.equals(COLUMNS)) {
                        draft = new Draft(schema, name);
                        drafts.put(schema + "\0" + name, draft);
                    }
                    if (draft != null) {
                        action.accept(draft, rows);
                    }
                }
            }
        }
    }
}
