package local.kinesis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import local.http.Answer;
import local.http.Faults;
import local.http.Request;
import local.http.Service;

/** The protocol of the service: what is asked, as sent, to what is answered. */
final class ApiHandler implements Service {
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
    public Answer answer(Request request) throws IOException, InterruptedException {
        faults.pause();
        Optional<Protocol> protocol = Protocol.of(request.header("Content-Type"));
        return protocol.isPresent() ? answer(request, protocol.get()) : Answer.of(404);
    }

    private Answer answer(Request request, Protocol protocol) throws IOException, InterruptedException {
        try {
            String operation = operation(request.header("X-Amz-Target"));
            counters.called(operation);
            return faults.strike(
                    operation,
                    request.path(),
                    () -> answer(protocol, 200, operations.answer(operation, protocol.read(request.body()))),
                    fault -> refusal(protocol, ServiceException.of(fault)));
        } catch (ServiceException refusal) {
            return refusal(protocol, refusal);
        }
    }

    private static String operation(String target) {
        if (target == null || !target.startsWith(TARGET_PREFIX)) {
            throw ServiceException.unknownOperation();
        }
        return target.substring(TARGET_PREFIX.length());
    }

    private static Answer refusal(Protocol protocol, ServiceException refusal) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("__type", refusal.type());
        if (refusal.getMessage() != null) {
            answer.put("message", refusal.getMessage());
        }
        return answer(protocol, refusal.status(), answer);
    }

    private static Answer answer(Protocol protocol, int status, ObjectNode answer) {
        Map<String, String> headers = Map.of(
                "Content-Type",
                protocol.contentType(),
                "x-amzn-RequestId",
                UUID.randomUUID().toString());
        return Answer.of(status, headers, protocol.write(answer));
    }
}
