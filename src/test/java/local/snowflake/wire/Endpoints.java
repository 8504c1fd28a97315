package local.snowflake.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import local.snowflake.catalog.Session;
import local.snowflake.values.H2Errors;
import local.snowflake.values.SnowflakeError;

/** The paths the driver calls, each with its answer. */
public final class Endpoints implements HttpHandler {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern AUTHORIZATION = Pattern.compile("Snowflake Token=\"(.*)\"");
    private static final Pattern RESULT = Pattern.compile("/queries/([^/]+)/result");
    private static final Pattern MONITORING = Pattern.compile("/monitoring/queries/([^/]+)");

    /** Answers of at least this many bytes are compressed if the client can read that. */
    private static final int WORTH_COMPRESSING = 4096;

    private final Sessions sessions;
    private final Queries queries;
    private final Faults faults;

    public Endpoints(Sessions sessions, Queries queries, Faults faults) {
        this.sessions = sessions;
        this.queries = queries;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = read(exchange);
            if (faults.isDead()) {
                return;
            }
            int deaths = faults.deaths();
            ObjectNode answer;
            try {
                answer = answer(exchange, request);
            } catch (ProtocolError e) {
                answer = Answers.refused(e);
            } catch (SQLException e) {
                answer = Answers.failed(H2Errors.of(e), UUID.randomUUID().toString());
            }
            if (faults.deaths() > deaths) {
                sessions.forgetAll();
            } else if (answer != null) {
                write(exchange, answer);
            }
        } catch (SQLException e) {
            throw new IOException("The sessions cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("The stand-in is closing").initCause(e);
        }
    }

    /** The answer, or null if there shall be none. */
    private ObjectNode answer(HttpExchange exchange, JsonNode request)
            throws IOException, SQLException, ProtocolError, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange);
        return switch (path) {
            case "/session/v1/login-request" ->
                Answers.login(sessions.login(request.path("data"), query, faults.lockTimeout()));
            case "/session/token-request" -> Answers.renewed(sessions.renew(token(exchange)));
            case "/session" -> {
                sessions.logout(token(exchange));
                yield Answers.ok(null);
            }
            case "/telemetry/send" -> Answers.ok(null);
            case "/session/heartbeat" -> {
                sessions.session(token(exchange));
                yield Answers.ok(null);
            }
            case "/queries/v1/abort-request" -> {
                sessions.session(token(exchange));
                queries.abort(request.path("requestId").asText());
                yield Answers.ok(null);
            }
            case "/queries/v1/query-request" -> query(exchange, query, request);
            default -> ofQuery(exchange, path);
        };
    }

    private ObjectNode query(HttpExchange exchange, Map<String, String> query, JsonNode request)
            throws IOException, ProtocolError, InterruptedException {
        Session session = sessions.session(token(exchange));
        Faults.Fate fate = request.path("describeOnly").asBoolean() ? Faults.Fate.SERVED : faults.next();
        if (fate == Faults.Fate.REFUSED) {
            exchange.sendResponseHeaders(faults.refusalStatus(), -1);
            return null;
        }
        if (fate == Faults.Fate.DROPPED_BEFORE) {
            return null;
        }
        String requestId = query.getOrDefault("requestId", UUID.randomUUID().toString());
        Queries.Query running = queries.start(session, requestId, request);
        if (request.path("asyncExec").asBoolean()) {
            return Answers.running(running.id(), true);
        }
        ObjectNode answer = queries.await(running, faults.patience());
        return fate == Faults.Fate.DROPPED_AFTER ? null : answer;
    }

    private ObjectNode ofQuery(HttpExchange exchange, String path)
            throws IOException, ProtocolError, InterruptedException {
        Matcher result = RESULT.matcher(path);
        Matcher monitoring = MONITORING.matcher(path);
        if (!result.matches() && !monitoring.matches()) {
            exchange.sendResponseHeaders(404, -1);
            return null;
        }
        sessions.session(token(exchange));
        String id = result.matches() ? result.group(1) : monitoring.group(1);
        Queries.Query query = queries.query(id);
        if (query == null) {
            return Answers.failed(new SnowflakeError(709, "02000", "Statement " + id + " not found"), id);
        }
        return result.matches()
                ? queries.await(query, faults.patience())
                : Answers.monitored(id, query.answer().getNow(null));
    }

    private static String token(HttpExchange exchange) throws ProtocolError {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        Matcher token = AUTHORIZATION.matcher(header == null ? "" : header);
        if (!token.matches()) {
            throw ProtocolError.unknownSession();
        }
        return token.group(1);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(
                        equals < 0 ? pair : pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static JsonNode read(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            JsonNode request = JSON.readTree(body);
            return request == null ? JSON.missingNode() : request;
        }
    }

    private static void write(HttpExchange exchange, ObjectNode answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (body.length >= WORTH_COMPRESSING && accepted != null && accepted.contains("gzip")) {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(body);
            }
            body = compressed.toByteArray();
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
