package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps tables from being copied; all of them are asked for together. */
final class TableCheck {

    private static final String KINDS =
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, CREATE_OPTIONS
            FROM information_schema.TABLES
            WHERE TABLE_SCHEMA IN (%s) AND TABLE_NAME IN (%s)""";

    private static final String CHANGED_BY_PARENT =
            """
            SELECT CONSTRAINT_SCHEMA AS TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, DELETE_RULE, UPDATE_RULE,
                   UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME
            FROM information_schema.REFERENTIAL_CONSTRAINTS
            WHERE CONSTRAINT_SCHEMA IN (%s) AND TABLE_NAME IN (%s)
              AND (DELETE_RULE IN ('CASCADE', 'SET NULL') OR UPDATE_RULE IN ('CASCADE', 'SET NULL'))
            ORDER BY CONSTRAINT_NAME""";

    private final Connection connection;
    private final TableRules rules;
    private final Privileges privileges;
    private final Map<TableId, SourceTable> found;
    private final Map<TableId, Kind> kinds = new HashMap<>();
    private final Map<TableId, List<Finding>> cascades = new HashMap<>();

    /** What {@code information_schema.tables} says about a table; views have no engine and no options. */
    private record Kind(String type, String engine, String options) {

        boolean isTable() {
            return type.equals("BASE TABLE");
        }

        boolean isPartitioned() {
            return options.contains("partitioned");
        }
    }

    /** @param tables that are to be checked */
    TableCheck(Connection connection, Collection<TableId> tables, TableRules rules, Privileges privileges)
            throws SQLException {
        this.connection = connection;
        this.rules = rules;
        this.privileges = privileges;
        this.found = rules.find(connection, tables);
        if (!tables.isEmpty()) {
            SourceSchema.forEachRow(
                    connection,
                    KINDS,
                    tables,
                    (table, row) -> kinds.put(
                            table,
                            new Kind(
                                    row.getString("TABLE_TYPE"),
                                    row.getString("ENGINE"),
                                    row.getString("CREATE_OPTIONS"))));
            SourceSchema.forEachRow(connection, CHANGED_BY_PARENT, tables, (table, row) -> cascades.computeIfAbsent(
                            table, any -> new ArrayList<>())
                    .add(changedByParent(table, row)));
        }
    }

    /** What was found of one of the tables. */
    List<Finding> run(TableId table) throws SQLException {
        SourceTable shown = found.get(table);
        Kind kind = kinds.get(table);
        if (shown == null || kind == null) {
            return List.of(Finding.stop(
                    "The table " + table,
                    "not there",
                    "one that " + privileges.user() + " may read",
                    TableNames.like(connection, table).advice()));
        }
        List<Finding> findings = new ArrayList<>();
        privileges.finding(table).ifPresent(findings::add);
        if (!kind.isTable()) {
            findings.add(Finding.stop(
                    table.toString(),
                    "a " + kind.type().toLowerCase(Locale.ROOT),
                    "a table",
                    "copy the tables below it, as only they are in the binlog"));
            return findings;
        }
        if (!shown.hasKey()) {
            findings.add(noKey(shown));
        }
        unknownType(shown).ifPresent(findings::add);
        if (kind.isPartitioned()) {
            findings.add(Finding.warn(
                    table.toString(),
                    "partitioned",
                    "in one piece",
                    "rows that go with a partition are not in the binlog, and the table is then diverged until it is"
                            + " snapshotted again"));
        }
        if (!kind.engine().equals("InnoDB")) {
            findings.add(Finding.warn(
                    "The engine of " + table,
                    kind.engine(),
                    "InnoDB",
                    "without transactions a snapshot may mix states, and a crash may part table and binlog"));
        }
        findings.addAll(cascades.getOrDefault(table, List.of()));
        return findings;
    }

    private Finding noKey(SourceTable shown) {
        TableId table = shown.id();
        String why = "";
        if (rules.keys().containsKey(table)) {
            why = ", and " + TableRules.KEY + table + " names a column that is not there";
        } else if (rules.made(table) != null) {
            String name = rules.made(table).column().name();
            why = ", and it has a column " + name + ", which would be the name of the one that Floe makes";
        }
        return Finding.stop(
                "The key of " + table,
                "missing" + why,
                "a primary key, or a unique key of NOT NULL columns",
                "add one, or name the columns that tell its rows apart by the setting " + TableRules.KEY + table
                        + ", or have rows told apart by all their values, or each kept for itself, by "
                        + TableRules.NO_KEY + "." + table + "=hash or =append, or leave it out by !" + table
                        + " in capture.tables");
    }

    private static Optional<Finding> unknownType(SourceTable found) {
        try {
            found.layout();
            return Optional.empty();
        } catch (UnknownType e) {
            return Optional.of(Finding.stop(
                    "The type of the column " + e.column() + " of " + found.id(),
                    e.type(),
                    "one that Floe knows",
                    "leave the table out, or move the column to another one"));
        }
    }

    private Finding changedByParent(TableId table, ResultSet row) throws SQLException {
        String parent = row.getString("UNIQUE_CONSTRAINT_SCHEMA") + "." + row.getString("REFERENCED_TABLE_NAME");
        boolean reread = rules.cascades() == TableRules.Cascades.REREAD;
        return new Finding(
                null,
                reread ? Finding.Severity.WARN : Finding.Severity.STOP,
                "The foreign key " + row.getString("CONSTRAINT_NAME") + " of " + table,
                rulesOf(row.getString("DELETE_RULE"), row.getString("UPDATE_RULE")),
                "RESTRICT or NO ACTION",
                "what it changes when " + parent + " changes is not in the binlog; let the application"
                        + " do it, or have the table read again each time by capture.cascades=reread, or"
                        + " leave it out by !" + table + " in capture.tables");
    }

    /** The rules that change the child, such as {@code ON DELETE CASCADE}. */
    private static String rulesOf(String onDelete, String onUpdate) {
        return Stream.of("ON DELETE " + onDelete, "ON UPDATE " + onUpdate)
                .filter(rule -> rule.endsWith("CASCADE") || rule.endsWith("SET NULL"))
                .collect(Collectors.joining(", "));
    }
}
