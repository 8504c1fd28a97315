package local.snowflake.catalog;

import java.sql.SQLException;
import java.util.List;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Tokens;

/** USE, ALTER SESSION and the control of transactions. */
final class SessionCommands {

    private SessionCommands() {}

    static Rows run(Session session, Tokens tokens) throws SQLException {
        if (tokens.take("USE")) {
            return use(session, tokens);
        }
        if (tokens.take("ALTER", "SESSION", "SET")) {
            return set(session, tokens);
        }
        boolean begin = tokens.take("BEGIN") || tokens.take("START", "TRANSACTION");
        boolean commit = !begin && tokens.take("COMMIT");
        if (!begin && !commit) {
            tokens.expect("ROLLBACK");
        }
        if (!tokens.take("TRANSACTION")) {
            tokens.take("WORK");
        }
        tokens.expectEnd();
        if (begin) {
            session.transaction().begin();
        } else if (commit) {
            session.transaction().commit();
        } else {
            session.transaction().rollback();
        }
        return Rows.done(Rows.TRANSACTION);
    }

    private static Rows use(Session session, Tokens tokens) throws SQLException {
        String kind = tokens.atAny("DATABASE", "SCHEMA", "ROLE", "WAREHOUSE")
                ? tokens.next().text()
                : "SCHEMA";
        List<String> name = tokens.names();
        tokens.expectEnd();
        String last = name.get(name.size() - 1);
        switch (kind) {
            case "DATABASE" -> session.useDatabase(last);
            case "ROLE" -> session.useRole(last);
            case "WAREHOUSE" -> session.useWarehouse(last);
            default -> session.useSchema(name.size() == 2 ? name.get(0) : session.database(), last);
        }
        return Rows.done(Rows.USE);
    }

    private static Rows set(Session session, Tokens tokens) throws SQLException {
        do {
            String name = tokens.name();
            tokens.expect("=");
            String value = tokens.next().text();
            if (name.equals("AUTOCOMMIT")) {
                session.transaction().autoCommit(Boolean.parseBoolean(value));
            } else {
                session.parameters().put(name, SessionParameters.value(name, value));
            }
            tokens.take(",");
        } while (!tokens.atEnd());
        return Rows.done(Rows.ALTER_SESSION);
    }
}
