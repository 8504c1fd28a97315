package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds before the start what cannot be copied from a source, as far as its metadata shows it.
 *
 * <p>It sees the server's settings, not those that a session chooses for itself.
 */
public final class SourceCheck {

    private SourceCheck() {}

    /**
     * Checks the server, the privileges of the connection's user, and the tables.
     *
     * @return what was found, the server's first; empty if all is well
     */
    public static List<Finding> run(Connection connection, Collection<TableId> tables, TableRules rules)
            throws SQLException {
        ServerVariables variables = ServerVariables.read(connection);
        Privileges privileges = Privileges.read(connection);
        List<Finding> findings = new ArrayList<>(variables.findings());
        BinlogRetention.check(connection, variables).ifPresent(findings::add);
        findings.addAll(privileges.findings());
        findings.addAll(tables(connection, tables, rules, privileges));
        return findings;
    }

    /** Checks the tables alone. */
    public static List<Finding> tables(Connection connection, Collection<TableId> tables, TableRules rules)
            throws SQLException {
        return tables(connection, tables, rules, Privileges.read(connection));
    }

    private static List<Finding> tables(
            Connection connection, Collection<TableId> tables, TableRules rules, Privileges privileges)
            throws SQLException {
        List<Finding> findings = new ArrayList<>();
        TableCheck check = new TableCheck(connection, tables, rules, privileges);
        for (TableId table : tables) {
            check.run(table).stream().map(finding -> finding.of(table)).forEach(findings::add);
        }
        return findings;
    }
}
