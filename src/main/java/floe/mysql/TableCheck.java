package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps one table from being copied. */
final class TableCheck {

    private static final String KIND = "SELECT TABLE_TYPE, ENGINE, CREATE_OPTIONS FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";

    private static final String CHANGED_BY_PARENT =
            """
            SELECT CONSTRAINT_NAME, DELETE_RULE, UPDATE_RULE, UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME
            FROM information_schema.REFERENTIAL_CONSTRAINTS
            WHERE CONSTRAINT_SCHEMA = ? AND TABLE_NAME = ?
              AND (DELETE_RULE IN ('CASCADE', 'SET NULL') OR UPDATE_RULE IN ('CASCADE', 'SET NULL'))
            ORDER BY CONSTRAINT_NAME""";

    /** What {@code information_schema.tables} says about a table; views have no engine and no options. */
    private record Kind(String type, String engine, String options) {

        boolean isTable() {
            return type.equals("BASE TABLE");
        }

        boolean isPartitioned() {
            return options.contains("partitioned");
        }
    }

    private TableCheck() {}

    /**
     * What was found.
     *
     * @param found the table as MySQL shows it; null if it does not
     */
    static List<Finding> run(Connection connection, TableId table, SourceTable found, Privileges privileges)
            throws SQLException {
        Optional<Kind> known = found == null ? Optional.empty() : kind(connection, table);
        if (known.isEmpty()) {
            return List.of(Finding.stop(
                    "The table " + table,
                    "not there",
                    "one that " + privileges.user() + " may read",
                    TableNames.like(connection, table).advice()));
        }
        List<Finding> findings = new ArrayList<>();
        privileges.finding(table).ifPresent(findings::add);
        Kind kind = known.get();
        if (!kind.isTable()) {
            findings.add(Finding.stop(
                    table.toString(),
                    "a " + kind.type().toLowerCase(Locale.ROOT),
                    "a table",
                    "copy the tables below it, as only they are in the binlog"));
            return findings;
        }
        if (!found.hasKey()) {
            findings.add(Finding.stop(
                    "The key of " + table,
                    "missing",
                    "a primary key, or a unique key of NOT NULL columns",
                    "add one, or leave the table out, as its rows cannot be told apart"));
        }
        unknownType(found).ifPresent(findings::add);
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
        findings.addAll(changedByParent(connection, table));
        return findings;
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

    /** Nothing if the table was dropped meanwhile. */
    private static Optional<Kind> kind(Connection connection, TableId table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KIND)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Kind(row.getString(1), row.getString(2), row.getString(3)))
                        : Optional.empty();
            }
        }
    }

    private static List<Finding> changedByParent(Connection connection, TableId table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHANGED_BY_PARENT)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                List<Finding> findings = new ArrayList<>();
                while (rows.next()) {
                    String parent =
                            rows.getString("UNIQUE_CONSTRAINT_SCHEMA") + "." + rows.getString("REFERENCED_TABLE_NAME");
                    findings.add(Finding.stop(
                            "The foreign key " + rows.getString("CONSTRAINT_NAME") + " of " + table,
                            rules(rows.getString("DELETE_RULE"), rows.getString("UPDATE_RULE")),
                            "RESTRICT or NO ACTION",
                            "what it changes when " + parent + " changes is not in the binlog; let the application"
                                    + " do it, or leave the table out"));
                }
                return findings;
            }
        }
    }

    /** The rules that change the child, such as {@code ON DELETE CASCADE}. */
    private static String rules(String onDelete, String onUpdate) {
        return Stream.of("ON DELETE " + onDelete, "ON UPDATE " + onUpdate)
                .filter(rule -> rule.endsWith("CASCADE") || rule.endsWith("SET NULL"))
                .collect(Collectors.joining(", "));
    }
}
