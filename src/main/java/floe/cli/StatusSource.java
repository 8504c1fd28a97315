package floe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A process that tells its status on its management port. Used by one thread. */
final class StatusSource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    /** Where a process listens that listens everywhere. */
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

    /** Has no redirection followed: the password is for this address. */
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final URI address;
    private final HttpRequest request;
    private JsonNode before = JSON.missingNode();

    private StatusSource(URI address, Optional<String> password) {
        this.address = address;
        HttpRequest.Builder asking =
                HttpRequest.newBuilder(address.resolve("/q/status")).timeout(PATIENCE);
        password.ifPresent(secret -> asking.header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(("floe:" + secret).getBytes(UTF_8))));
        this.request = asking.build();
    }

    /**
     * The process that runs with these settings on this machine.
     *
     * @throws WrongSetting if one under {@code management} is missing or wrong
     */
    static StatusSource own(Settings settings) {
        String host = settings.text("management.host", "the address that the process listens on");
        String there = ANY.contains(host) ? "127.0.0.1" : host;
        String literal = there.contains(":") && !there.startsWith("[") ? "[" + there + "]" : there;
        int port = settings.number("management.port", 1, 65_535);
        return new StatusSource(
                URI.create("http://" + literal + ":" + port), settings.optionalSecret("management.password"));
    }

    /**
     * The process at {@code address}, of HTTP or HTTPS.
     *
     * @throws WrongSetting if the password's file cannot be read
     */
    static StatusSource at(URI address, Settings settings) {
        return new StatusSource(address, settings.optionalSecret("management.password"));
    }

    /**
     * What it tells now, with its address as {@code at} and, from the second look on, {@code rows_per_second} of each stage. If
     * it does not answer, {@code trouble} says why.
     */
    ObjectNode look() {
        ObjectNode found = asked();
        for (JsonNode stage : found.path("stages")) {
            rate(stage, found.path("clock_millis").asLong())
                    .ifPresent(rate -> ((ObjectNode) stage).put("rows_per_second", rate));
        }
        before = found;
        return found;
    }

    private Optional<Double> rate(JsonNode stage, long clock) {
        for (JsonNode same : before.path("stages")) {
            long rows = stage.path("rows").asLong() - same.path("rows").asLong();
            long millis = clock - before.path("clock_millis").asLong();
            // Otherwise it is another process now.
            if (same.path("stage").equals(stage.path("stage")) && rows >= 0 && millis > 0) {
                return Optional.of(rows * 1000.0 / millis);
            }
        }
        return Optional.empty();
    }

    private ObjectNode asked() {
        ObjectNode found = JSON.createObjectNode().put("at", address.toString());
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200 && JSON.readTree(answer.body()) instanceof ObjectNode told) {
                return found.setAll(told);
            }
            return failed(found, refusal(answer.statusCode()));
        } catch (IOException e) {
            return failed(
                    found,
                    "No Floe answers (" + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "); start it, or name the address of its management port with --at");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(found, "The question was interrupted");
        }
    }

    private static String refusal(int status) {
        return switch (status) {
            case 401, 403 -> "It wants another password; let management.password be the one that it runs with";
            case 404 -> "It tells no status; update it, or name the address of its management port with --at";
            default -> "It answers with HTTP status " + status + "; see its log";
        };
    }

    private static ObjectNode failed(ObjectNode found, String why) {
        found.putObject("trouble").put("process", why);
        return found;
    }
}
