package local.snowflake.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import local.snowflake.catalog.Catalog;
import local.snowflake.catalog.Session;
import local.snowflake.catalog.SessionParameters;

/** The sessions that are logged in, by the tokens their clients hold. */
public final class Sessions {

    /** A session and the two tokens of its client; the first is renewed with the second. */
    record Login(Session session, String token, String masterToken) {}

    private final Catalog catalog;
    private final Users users;
    private final Map<String, Login> byToken = new ConcurrentHashMap<>();
    private final Map<String, Login> byMaster = new ConcurrentHashMap<>();
    private final Map<String, Login> expired = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    public Sessions(Catalog catalog, Users users) {
        this.catalog = catalog;
        this.users = users;
    }

    /**
     * Logs in.
     *
     * @param data the {@code data} of a login request
     * @param query its query parameters: database, schema, warehouse and role
     */
    Login login(JsonNode data, Map<String, String> query, Duration lockTimeout) throws ProtocolError, SQLException {
        String user = data.path("LOGIN_NAME").asText();
        if (data.path("AUTHENTICATOR").asText().equals("SNOWFLAKE_JWT")) {
            if (!users.acceptsToken(user, data.path("TOKEN").asText())) {
                throw ProtocolError.wrongToken();
            }
        } else if (!users.knowsPassword(user, data.path("PASSWORD").asText())) {
            throw ProtocolError.wrongPassword();
        }
        Session session = new Session(ids.incrementAndGet(), fold(user), catalog);
        session.lockTimeout(lockTimeout);
        session.useRole(fold(query.getOrDefault("roleName", "SYSADMIN")));
        session.useWarehouse(fold(query.getOrDefault("warehouse", "COMPUTE_WH")));
        place(session, query);
        for (Map.Entry<String, JsonNode> parameter :
                data.path("SESSION_PARAMETERS").properties()) {
            String name = fold(parameter.getKey());
            session.parameters()
                    .put(
                            name,
                            SessionParameters.value(name, parameter.getValue().asText()));
        }
        session.transaction()
                .autoCommit(Boolean.TRUE.equals(session.parameters().get("AUTOCOMMIT")));
        Login login = new Login(session, token("ses"), token("mst"));
        byToken.put(login.token(), login);
        byMaster.put(login.masterToken(), login);
        return login;
    }

    /** A database or schema that is not there leaves the session without one, as in Snowflake. */
    private void place(Session session, Map<String, String> query) throws SQLException {
        String database = query.get("databaseName");
        if (database != null && catalog.hasDatabase(fold(database))) {
            session.useDatabase(fold(database));
            String schema = query.get("schemaName");
            if (schema != null && catalog.hasSchema(fold(database), fold(schema))) {
                session.useSchema(fold(database), fold(schema));
            }
        }
    }

    /** The session of a token. */
    Session session(String token) throws ProtocolError {
        Login login = byToken.get(token);
        if (login == null) {
            throw expired.containsKey(token) ? ProtocolError.expiredSession() : ProtocolError.unknownSession();
        }
        return login.session();
    }

    /** Gives the client a new token for its old session. */
    Login renew(String masterToken) throws ProtocolError {
        Login old = byMaster.get(masterToken);
        if (old == null) {
            throw ProtocolError.expiredMaster();
        }
        byToken.remove(old.token());
        expired.remove(old.token());
        Login renewed = new Login(old.session(), token("ses"), masterToken);
        byToken.put(renewed.token(), renewed);
        byMaster.put(masterToken, renewed);
        return renewed;
    }

    /** Ends the session of a token. */
    void logout(String token) throws SQLException {
        Login login = byToken.remove(token);
        if (login != null) {
            byMaster.remove(login.masterToken());
            login.session().close();
        }
    }

    /** Ends the validity of every token; the sessions live on and can be renewed. */
    void expireAll() {
        expired.putAll(byToken);
        byToken.clear();
    }

    /** Ends every session: what they had not committed is undone. */
    public void forgetAll() throws SQLException {
        List<Login> logins = new ArrayList<>(byMaster.values());
        byToken.clear();
        byMaster.clear();
        expired.clear();
        for (Login login : logins) {
            login.session().close();
        }
    }

    Catalog catalog() {
        return catalog;
    }

    List<Session> all() {
        return byMaster.values().stream().map(Login::session).toList();
    }

    private static String token(String kind) {
        return "ver:1-" + kind + "-" + UUID.randomUUID();
    }

    private static String fold(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
