package local.kinesis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Takes requests off the wire and puts answers on it; call faults strike here. */
final class ApiHandler implements HttpHandler {
    private static final String TARGET_PREFIX = "Kinesis_20131202.";

    private final Operations operations;
    private final Faults faults;
    private final Counters counters;

    ApiHandler(Operations operations, Faults faults, Counters counters) {
        this.operations = operations;
        this.faults = faults;
        this.counters = counters;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange that has no answer yet closes its connection.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            pause(faults.latency());
            Optional<Protocol> protocol =
                    Protocol.of(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (protocol.isPresent()) {
                answer(exchange, protocol.get(), body);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void answer(HttpExchange exchange, Protocol protocol, byte[] body) throws IOException {
        try {
            String operation = operation(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            counters.called(operation);
            Optional<CallFault> fault = operation.startsWith("PutRecord") ? faults.ofCall() : Optional.empty();
            if (fault.isPresent() && !fault.get().stores()) {
                throw fault.get().exception();
            }
            ObjectNode answer = operations.answer(operation, protocol.read(body));
            if (fault.isEmpty()) {
                send(exchange, protocol, 200, answer);
            } else if (fault.get().answers()) {
                throw fault.get().exception();
            }
        } catch (ServiceException refusal) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("__type", refusal.type());
            if (refusal.getMessage() != null) {
                answer.put("message", refusal.getMessage());
            }
            send(exchange, protocol, refusal.status(), answer);
        }
    }

    private static String operation(String target) {
        if (target == null || !target.startsWith(TARGET_PREFIX)) {
            throw ServiceException.unknownOperation();
        }
        return target.substring(TARGET_PREFIX.length());
    }

    private static void send(HttpExchange exchange, Protocol protocol, int status, ObjectNode answer)
            throws IOException {
        byte[] body = protocol.write(answer);
        exchange.getResponseHeaders().set("Content-Type", protocol.contentType());
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void pause(Duration latency) throws IOException {
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closing");
        }
    }
}
