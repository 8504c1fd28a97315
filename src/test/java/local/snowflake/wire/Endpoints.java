package local.snowflake.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import local.http.Answer;
import local.http.Faults;
import local.http.Request;
import local.http.RequestFault;
import local.http.Service;
import local.snowflake.catalog.Session;
import local.snowflake.values.H2Errors;
import local.snowflake.values.SnowflakeError;

/** The paths the driver calls, each with its answer. */
public final class Endpoints implements Service {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern AUTHORIZATION = Pattern.compile("Snowflake Token=\"(.*)\"");
    private static final Pattern RESULT = Pattern.compile("/queries/([^/]+)/result");
    private static final Pattern MONITORING = Pattern.compile("/monitoring/queries/([^/]+)");

    /** Answers of at least this many bytes are compressed if the client can read that. */
    private static final int WORTH_COMPRESSING = 4096;

    private final Sessions sessions;
    private final Queries queries;
    private final SnowflakeFaults faults;

    public Endpoints(Sessions sessions, Queries queries, SnowflakeFaults faults) {
        this.sessions = sessions;
        this.queries = queries;
        this.faults = faults;
    }

    @Override
    public Answer answer(Request request) throws IOException, InterruptedException {
        JsonNode content = read(request);
        if (faults.isDead()) {
            return Answer.dropped();
        }
        int deaths = faults.deaths();
        Answer answer;
        try {
            answer = answer(request, content);
        } catch (ProtocolError e) {
            answer = json(request, Answers.refused(e));
        } catch (SQLException e) {
            answer = json(
                    request, Answers.failed(H2Errors.of(e), UUID.randomUUID().toString()));
        }
        if (faults.deaths() == deaths) {
            return answer;
        }
        try {
            sessions.forgetAll();
        } catch (SQLException e) {
            throw new IOException("The sessions cannot be ended", e);
        }
        return Answer.dropped();
    }

    private Answer answer(Request request, JsonNode content)
            throws IOException, SQLException, ProtocolError, InterruptedException {
        Map<String, String> query = query(request);
        return switch (request.path()) {
            case "/session/v1/login-request" ->
                json(request, Answers.login(sessions.login(content.path("data"), query, faults.lockTimeout())));
            case "/session/token-request" -> json(request, Answers.renewed(sessions.renew(token(request))));
            case "/session" -> {
                sessions.logout(token(request));
                yield json(request, Answers.ok(null));
            }
            case "/telemetry/send" -> json(request, Answers.ok(null));
            case "/session/heartbeat" -> {
                sessions.session(token(request));
                yield json(request, Answers.ok(null));
            }
            case "/queries/v1/abort-request" -> {
                sessions.session(token(request));
                queries.abort(content.path("requestId").asText());
                yield json(request, Answers.ok(null));
            }
            case "/queries/v1/query-request" -> query(request, query, content);
            default -> ofQuery(request);
        };
    }

    private Answer query(Request request, Map<String, String> query, JsonNode content)
            throws IOException, ProtocolError, InterruptedException {
        Session session = sessions.session(token(request));
        String requestId = query.getOrDefault("requestId", UUID.randomUUID().toString());
        Faults.Work work = () -> {
            Queries.Query running = queries.start(session, requestId, content);
            return json(
                    request,
                    content.path("asyncExec").asBoolean()
                            ? Answers.running(running.id(), true)
                            : queries.await(running, faults.patience()));
        };
        return content.path("describeOnly").asBoolean()
                ? work.answer()
                : faults.strike("query", request.path(), work, fault -> Answer.of(status(fault)));
    }

    private static int status(RequestFault fault) {
        return switch (fault) {
            case DENIED -> 403;
            case THROTTLED -> 429;
            case UNAVAILABLE -> 503;
            default -> 500;
        };
    }

    private Answer ofQuery(Request request) throws IOException, ProtocolError, InterruptedException {
        Matcher result = RESULT.matcher(request.path());
        Matcher monitoring = MONITORING.matcher(request.path());
        if (!result.matches() && !monitoring.matches()) {
            return Answer.of(404);
        }
        sessions.session(token(request));
        String id = result.matches() ? result.group(1) : monitoring.group(1);
        Queries.Query query = queries.query(id);
        if (query == null) {
            return json(
                    request, Answers.failed(new SnowflakeError(709, "02000", "Statement " + id + " not found"), id));
        }
        return json(
                request,
                result.matches()
                        ? queries.await(query, faults.patience())
                        : Answers.monitored(id, query.answer().getNow(null)));
    }

    private static String token(Request request) throws ProtocolError {
        String header = request.header("Authorization");
        Matcher token = AUTHORIZATION.matcher(header == null ? "" : header);
        if (!token.matches()) {
            throw ProtocolError.unknownSession();
        }
        return token.group(1);
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new HashMap<>();
        String raw = request.rawQuery();
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

    private static JsonNode read(Request request) throws IOException {
        InputStream sent = new ByteArrayInputStream(request.body());
        boolean gzip = "gzip".equalsIgnoreCase(request.header("Content-Encoding"));
        try (InputStream body = gzip ? new GZIPInputStream(sent) : sent) {
            JsonNode content = JSON.readTree(body);
            return content == null ? JSON.missingNode() : content;
        }
    }

    private static Answer json(Request request, ObjectNode answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        String accepted = request.header("Accept-Encoding");
        if (body.length < WORTH_COMPRESSING || accepted == null || !accepted.contains("gzip")) {
            return Answer.of(200, Map.of("Content-Type", "application/json"), body);
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        }
        return Answer.of(
                200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), compressed.toByteArray());
    }
}
