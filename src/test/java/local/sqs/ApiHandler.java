package local.sqs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.UUID;

/** Takes requests off the wire and puts answers on it; faults strike here. */
final class ApiHandler implements HttpHandler {
    private static final String TARGET_PREFIX = "AmazonSQS.";
    private static final JsonMapper JSON = new JsonMapper();

    private final Operations operations;
    private final Faults faults;

    ApiHandler(Operations operations, Faults faults) {
        this.operations = operations;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange that has no answer yet closes its connection.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (target == null || !target.startsWith(TARGET_PREFIX)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String operation = target.substring(TARGET_PREFIX.length());
            CallFault fault = faults.of(operation);
            if (fault != CallFault.DROPPED) {
                answer(exchange, operation, body, fault);
            }
        }
    }

    private void answer(HttpExchange exchange, String operation, byte[] body, CallFault fault) throws IOException {
        try {
            if (fault != null) {
                throw ServiceException.of(fault);
            }
            send(exchange, 200, operations.answer(operation, JSON.readTree(body)));
        } catch (ServiceException refusal) {
            exchange.getResponseHeaders().set("x-amzn-query-error", refusal.code() + ";Sender");
            ObjectNode answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("__type", refusal.type())
                    .put("message", refusal.getMessage());
            send(exchange, refusal.status(), answer);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closing");
        }
    }

    private static void send(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
