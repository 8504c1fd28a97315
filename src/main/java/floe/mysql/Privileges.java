package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the connection's user may do, its active roles included.
 *
 * @param user with host, as MySQL knows it
 */
record Privileges(String user, List<Grant> grants) {

    /** A line of SHOW GRANTS about a server, schema or table; those about roles and routines are others. */
    private static final Pattern LINE = Pattern.compile(
            "(GRANT|REVOKE) (.+) ON (\\*|([`\"]).*?\\4)\\.(\\*|([`\"]).*?\\6) (?:TO|FROM) .*", Pattern.DOTALL);

    /**
     * Privileges given or, by a partial revoke, taken.
     *
     * @param schema a pattern of LIKE, or {@code *}
     * @param table a name, or {@code *}
     */
    private record Grant(boolean given, Set<String> privileges, String schema, String table) {

        boolean has(String privilege) {
            return privileges.contains(privilege) || privileges.contains("ALL PRIVILEGES");
        }

        boolean isOfServer() {
            return schema.equals("*");
        }

        boolean covers(TableId id) {
            return isOfServer() || (likeToRegex(schema).matcher(id.schema()).matches() && coversName(id.table()));
        }

        private boolean coversName(String name) {
            return table.equals("*") || table.equals(name);
        }
    }

    static Privileges read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
                row.next();
                return of(row.getString(1), lines);
            }
        }
    }

    /** Reads the lines of SHOW GRANTS. */
    static Privileges of(String user, List<String> lines) {
        return new Privileges(
                user,
                lines.stream()
                        .map(LINE::matcher)
                        .filter(Matcher::matches)
                        .map(Privileges::grant)
                        .toList());
    }

    private static Grant grant(Matcher line) {
        return new Grant(
                line.group(1).equals("GRANT"),
                Set.copyOf(List.of(line.group(2).split(", ?"))),
                unquoted(line.group(3)),
                unquoted(line.group(5)));
    }

    boolean maySelect(TableId table) {
        boolean revoked =
                grants.stream().anyMatch(grant -> !grant.given() && grant.has("SELECT") && grant.covers(table));
        return grants.stream()
                .filter(grant -> grant.given() && grant.has("SELECT"))
                .anyMatch(grant -> grant.covers(table) && !(grant.isOfServer() && revoked));
    }

    /** What is missing for reading the binlog and taking snapshots. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (String privilege : List.of("REPLICATION SLAVE", "REPLICATION CLIENT")) {
            if (!onServer(privilege)) {
                findings.add(Finding.stop(what(privilege), "missing", "granted", howToGrant(privilege, "*.*")));
            }
        }
        return findings;
    }

    /** A finding if the user may not read the whole table. */
    Optional<Finding> finding(TableId table) {
        return maySelect(table)
                ? Optional.empty()
                : Optional.of(Finding.stop(
                        what("SELECT") + " on " + table,
                        "missing",
                        "granted on the whole table",
                        howToGrant("SELECT", table.toString())));
    }

    private String what(String privilege) {
        return "The privilege " + privilege + " of " + user;
    }

    private String howToGrant(String privilege, String object) {
        return "GRANT " + privilege + " ON " + object + " TO '" + user.replaceFirst("@(?=[^@]*$)", "'@'") + "'";
    }

    private boolean onServer(String privilege) {
        return grants.stream().anyMatch(grant -> grant.given() && grant.isOfServer() && grant.has(privilege));
    }

    private static String unquoted(String name) {
        if (name.equals("*")) {
            return name;
        }
        String quote = name.substring(0, 1);
        return name.substring(1, name.length() - 1).replace(quote + quote, quote);
    }

    private static Pattern likeToRegex(String like) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            if (c == '\\' && i + 1 < like.length()) {
                i++;
                regex.append(Pattern.quote(like.substring(i, i + 1)));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
