package local.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What becomes of a request: an answer, part of one, or none. */
public final class Answer {

    /** Longer than clients wait: the AWS SDK's default is 30 seconds. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private enum Sending {
        WHOLE,
        CUT_SHORT,
        DROPPED,
        NEVER
    }

    private final Sending sending;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(Sending sending, int status, Map<String, String> headers, byte[] body) {
        this.sending = sending;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer with a body, which is not to be changed any more. */
    public static Answer of(int status, Map<String, String> headers, byte[] body) {
        return new Answer(Sending.WHOLE, status, Map.copyOf(headers), body);
    }

    /** An answer of a status alone. */
    public static Answer of(int status) {
        return of(status, Map.of(), new byte[0]);
    }

    /** The connection is closed without an answer. */
    public static Answer dropped() {
        return new Answer(Sending.DROPPED, 0, Map.of(), new byte[0]);
    }

    /** No answer comes for {@link #LONGEST_WAIT}, so that the client gives up waiting. */
    static Answer never() {
        return new Answer(Sending.NEVER, 0, Map.of(), new byte[0]);
    }

    /** The same answer, but for the connection being closed when half of the body was sent. */
    Answer cutShort() {
        return new Answer(Sending.CUT_SHORT, status, headers, body);
    }

    /** Sends what there is to send; an exchange that is closed before all of it was sent closes its connection. */
    void send(HttpExchange exchange) throws IOException, InterruptedException {
        switch (sending) {
            case DROPPED -> {}
            case NEVER -> Thread.sleep(LONGEST_WAIT.toMillis());
            case WHOLE -> send(exchange, body.length);
            case CUT_SHORT -> {
                send(exchange, body.length / 2);
                exchange.getResponseBody().flush();
            }
        }
    }

    private void send(HttpExchange exchange, int length) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body, 0, length);
    }
}
