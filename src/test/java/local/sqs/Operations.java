package local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

/** The operations: what is asked, as parsed, to what is answered. */
final class Operations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_MESSAGES = 10;
    private static final int MOST_SECONDS = 20;
    private static final int MOST_SECONDS_HIDDEN = 12 * 60 * 60;

    private final SqsServer server;

    Operations(SqsServer server) {
        this.server = server;
    }

    ObjectNode answer(String operation, JsonNode request) throws InterruptedException {
        return switch (operation) {
            case "CreateQueue" ->
                NODES.objectNode()
                        .put(
                                "QueueUrl",
                                server.createQueue(request.get("QueueName").asText()));
            case "GetQueueUrl" -> queueUrl(request.get("QueueName").asText());
            case "GetQueueAttributes" -> attributes(queue(request));
            case "SendMessage" ->
                sendMessage(queue(request), request.get("MessageBody").asText());
            case "ReceiveMessage" -> receiveMessage(queue(request), request);
            case "ChangeMessageVisibility" -> changeMessageVisibility(queue(request), request);
            case "DeleteMessage" -> deleteMessage(queue(request), request);
            case "DeleteMessageBatch" -> deleteMessageBatch(queue(request), request);
            default -> throw ServiceException.unknownOperation(operation);
        };
    }

    private MessageQueue queue(JsonNode request) {
        String url = request.path("QueueUrl").asText();
        return existing(url.substring(url.lastIndexOf('/') + 1));
    }

    private MessageQueue existing(String name) {
        MessageQueue queue = server.queue(name);
        if (queue == null) {
            throw ServiceException.noSuchQueue();
        }
        return queue;
    }

    private ObjectNode queueUrl(String name) {
        existing(name);
        return NODES.objectNode().put("QueueUrl", server.url(name));
    }

    private static ObjectNode attributes(MessageQueue queue) {
        ObjectNode answer = NODES.objectNode();
        answer.putObject("Attributes")
                .put("ApproximateNumberOfMessages", String.valueOf(queue.size() - queue.hidden()))
                .put("ApproximateNumberOfMessagesNotVisible", String.valueOf(queue.hidden()))
                .put(
                        "VisibilityTimeout",
                        String.valueOf(queue.visibilityTimeout().toSeconds()));
        return answer;
    }

    private static ObjectNode sendMessage(MessageQueue queue, String body) {
        return NODES.objectNode().put("MessageId", queue.send(body)).put("MD5OfMessageBody", md5(body));
    }

    private static ObjectNode receiveMessage(MessageQueue queue, JsonNode request) throws InterruptedException {
        int most = number(request, "MaxNumberOfMessages", 1, 1, MOST_MESSAGES);
        int wait = number(request, "WaitTimeSeconds", 0, 0, MOST_SECONDS);
        int hidden = number(
                request, "VisibilityTimeout", (int) queue.visibilityTimeout().toSeconds(), 0, MOST_SECONDS_HIDDEN);
        ObjectNode answer = NODES.objectNode();
        ArrayNode messages = NODES.arrayNode();
        for (MessageQueue.Message message : queue.receive(most, Duration.ofSeconds(hidden), Duration.ofSeconds(wait))) {
            messages.addObject()
                    .put("MessageId", message.id())
                    .put("ReceiptHandle", message.receipt())
                    .put("MD5OfBody", md5(message.body()))
                    .put("Body", message.body());
        }
        if (!messages.isEmpty()) {
            answer.set("Messages", messages);
        }
        return answer;
    }

    private static ObjectNode changeMessageVisibility(MessageQueue queue, JsonNode request) {
        queue.hide(
                request.get("ReceiptHandle").asText(),
                Duration.ofSeconds(number(request, "VisibilityTimeout", 0, 0, MOST_SECONDS_HIDDEN)));
        return NODES.objectNode();
    }

    private static ObjectNode deleteMessage(MessageQueue queue, JsonNode request) {
        queue.delete(request.get("ReceiptHandle").asText());
        return NODES.objectNode();
    }

    private static ObjectNode deleteMessageBatch(MessageQueue queue, JsonNode request) {
        JsonNode entries = request.get("Entries");
        if (entries.isEmpty() || entries.size() > MOST_MESSAGES) {
            throw ServiceException.invalid("A batch has 1 to 10 entries.");
        }
        ObjectNode answer = NODES.objectNode();
        ArrayNode successful = answer.putArray("Successful");
        for (JsonNode entry : entries) {
            queue.delete(entry.get("ReceiptHandle").asText());
            successful.addObject().put("Id", entry.get("Id").asText());
        }
        answer.putArray("Failed");
        return answer;
    }

    private static int number(JsonNode request, String name, int byDefault, int least, int greatest) {
        int number = request.hasNonNull(name) ? request.get(name).asInt() : byDefault;
        if (number < least || number > greatest) {
            throw ServiceException.invalid("Value " + number + " for parameter " + name
                    + " is invalid. Reason: Must be between " + least + " and " + greatest + ".");
        }
        return number;
    }

    private static String md5(String body) {
        return BinaryUtils.toHex(Md5Utils.computeMD5Hash(body.getBytes(StandardCharsets.UTF_8)));
    }
}
