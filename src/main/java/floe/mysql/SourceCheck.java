package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
    public static List<Finding> run(Connection connection, Collection<TableId> tables) throws SQLException {
        ServerVariables variables = ServerVariables.read(connection);
        Privileges privileges = Privileges.read(connection);
        List<Finding> findings = new ArrayList<>(variables.findings());
        BinlogRetention.check(connection, variables).ifPresent(findings::add);
        findings.addAll(privileges.findings());
        Map<TableId, SourceTable> found = SourceSchema.find(connection, tables);
        for (TableId table : tables) {
            TableCheck.run(connection, table, found.get(table), privileges).stream()
                    .map(finding -> finding.of(table))
                    .forEach(findings::add);
        }
        return findings;
    }
}
