package local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private static final Duration SOON = Duration.ofMillis(500);

    private final Faults faults = new Faults();
    private final AtomicInteger done = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private LoopbackServer server;

    @BeforeEach
    void start() throws Exception {
        server = LoopbackServer.start("test", 0, request -> {
            faults.pause();
            return faults.strike("POST", request.path(), this::answer, fault -> Answer.of(500));
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nothingGoesWrongUntilAskedFor() throws Exception {
        assertThat(post("/a").body()).isEqualTo("all of it");
        assertThat(faults.struck()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DENIED, 0", "THROTTLED, 0", "FAILED, 0", "UNAVAILABLE, 0", "FAILED_AFTER_DOING, 1"})
    void refusalSaysSoWhetherDoneOrNot(RequestFault fault, int times) throws Exception {
        faults.failNextRequests(fault, 1);

        assertThat(post("/a").statusCode()).isEqualTo(500);

        assertThat(done).hasValue(times);
        assertThat(faults.struck()).containsExactly(Map.entry(fault, 1));
    }

    @ParameterizedTest
    @CsvSource({"DROPPED, 0", "DROPPED_AFTER_DOING, 1", "UNANSWERED, 0", "UNANSWERED_AFTER_DOING, 1", "CUT_SHORT, 1"})
    void noWholeAnswerComesWhetherDoneOrNot(RequestFault fault, int times) {
        faults.failNextRequests(fault, 1);

        assertThatThrownBy(() -> post("/a")).isInstanceOf(IOException.class);

        assertThat(done).hasValue(times);
    }

    @Test
    void faultStrikesOnlyWhereItMay() throws Exception {
        faults.only((operation, path) -> path.equals("/b")).failRequests(RequestFault.FAILED, 1);

        assertThat(post("/a").statusCode()).isEqualTo(200);
        assertThat(post("/b").statusCode()).isEqualTo(500);

        faults.clear();
        assertThat(post("/b").statusCode()).isEqualTo(200);
    }

    @Test
    void sameSeedStrikesTheSameRequests() {
        faults.failRequests(RequestFault.FAILED, 0.5);

        assertThat(strikes(7)).isEqualTo(strikes(7)).isNotEqualTo(strikes(8)).contains("x", "-");
    }

    @Test
    void latencyIsThatOfEachRequest() throws Exception {
        faults.latency(Duration.ofMillis(100));
        long began = System.nanoTime();

        post("/a");
        post("/a");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    private String strikes(long seed) {
        faults.seed(seed);
        StringBuilder strikes = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            strikes.append(faults.of("POST", "/a").isPresent() ? 'x' : '-');
        }
        return strikes.toString();
    }

    private Answer answer() {
        done.incrementAndGet();
        return Answer.of(200, Map.of(), "all of it".getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        // A POST is not sent again by the client itself.
        HttpRequest request = HttpRequest.newBuilder(server.endpoint().resolve(path))
                .timeout(SOON)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
