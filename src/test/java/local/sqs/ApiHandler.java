package local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import local.http.Answer;
import local.http.Faults;
import local.http.Request;
import local.http.Service;

/** The protocol of the service: what is asked, as sent, to what is answered. */
final class ApiHandler implements Service {
    private static final String TARGET_PREFIX = "AmazonSQS.";
    private static final JsonMapper JSON = new JsonMapper();

    private final Operations operations;
    private final Faults faults;

    ApiHandler(Operations operations, Faults faults) {
        this.operations = operations;
        this.faults = faults;
    }

    @Override
    public Answer answer(Request request) throws IOException, InterruptedException {
        faults.pause();
        String target = request.header("X-Amz-Target");
        if (target == null || !target.startsWith(TARGET_PREFIX)) {
            return Answer.of(404);
        }
        String operation = target.substring(TARGET_PREFIX.length());
        try {
            return faults.strike(
                    operation,
                    request.path(),
                    () -> answer(200, Map.of(), operations.answer(operation, JSON.readTree(request.body()))),
                    fault -> refusal(ServiceException.of(fault)));
        } catch (ServiceException refusal) {
            return refusal(refusal);
        }
    }

    private static Answer refusal(ServiceException refusal) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("__type", refusal.type())
                .put("message", refusal.getMessage());
        return answer(refusal.status(), Map.of("x-amzn-query-error", refusal.code() + ";Sender"), answer);
    }

    private static Answer answer(int status, Map<String, String> more, ObjectNode answer) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "application/x-amz-json-1.0");
        headers.put("x-amzn-RequestId", UUID.randomUUID().toString());
        try {
            return Answer.of(status, headers, JSON.writeValueAsBytes(answer));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
