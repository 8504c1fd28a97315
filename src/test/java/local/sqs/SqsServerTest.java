package local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import local.http.RequestFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsServerTest {
    private SqsServer server;
    private SqsClient client;
    private String queue;

    @BeforeEach
    void start() throws IOException {
        server = SqsServer.start();
        client = server.client();
        queue = client.createQueue(r -> r.queueName("staged")).queueUrl();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMessageIsReceivedAsItWasSentAndGoneOnceItIsDeleted() {
        client.sendMessage(r -> r.queueUrl(queue).messageBody("Zoë"));

        List<Message> messages = receive(0);
        client.deleteMessageBatch(r -> r.queueUrl(queue)
                .entries(List.of(DeleteMessageBatchRequestEntry.builder()
                        .id("0")
                        .receiptHandle(messages.get(0).receiptHandle())
                        .build())));

        assertThat(messages).extracting(Message::body).containsExactly("Zoë");
        assertThat(server.messages("staged")).isZero();
    }

    @Test
    void aMessageThatIsNotDeletedComesAgainUnderAnotherReceipt() {
        server.createQueue("brief", Duration.ofSeconds(1));
        server.send("brief", "a");
        String url = client.getQueueUrl(r -> r.queueName("brief")).queueUrl();
        Message first = client.receiveMessage(r -> r.queueUrl(url)).messages().get(0);
        assertThat(client.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();

        Message second = client.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(5))
                .messages()
                .get(0);
        client.deleteMessage(r -> r.queueUrl(url).receiptHandle(first.receiptHandle()));

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(server.messages("brief")).isOne();
        assertThat(server.received("brief")).isEqualTo(2);
    }

    @Test
    void aMessageMayBeShownAgainAtOnce() {
        server.send("staged", "a");
        Message hidden = receive(0).get(0);

        client.changeMessageVisibility(
                r -> r.queueUrl(queue).receiptHandle(hidden.receiptHandle()).visibilityTimeout(0));

        assertThat(receive(0)).hasSize(1);
    }

    @Test
    void receivingWaitsForTheFirstMessage() {
        CompletableFuture<List<Message>> received = CompletableFuture.supplyAsync(() -> receive(20));

        server.send("staged", "a");

        await().untilAsserted(
                        () -> assertThat(received).isCompletedWithValueMatching(messages -> messages.size() == 1));
    }

    @Test
    void attributesTellWaitingAndHiddenMessages() {
        server.send("staged", "a");
        server.send("staged", "b");
        client.receiveMessage(r -> r.queueUrl(queue));

        assertThat(client.getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1");
    }

    @Test
    void refusalsComeAsFromTheService() {
        server.deleteQueue("staged");
        assertThatThrownBy(() -> receive(0)).isInstanceOf(QueueDoesNotExistException.class);

        server.createQueue("staged");
        server.faults()
                .only((operation, path) -> operation.equals("ReceiveMessage"))
                .failRequests(RequestFault.DENIED, 1);
        assertThatThrownBy(() -> receive(0)).isInstanceOfSatisfying(SqsException.class, e -> assertThat(e.statusCode())
                .isEqualTo(403));

        server.faults()
                .clear()
                .only((operation, path) -> operation.equals("ReceiveMessage"))
                .failRequests(RequestFault.DROPPED, 1);
        try (SqsClient impatient = SqsServer.clientBuilder(server.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
            assertThatThrownBy(() -> impatient.receiveMessage(r -> r.queueUrl(queue)))
                    .isInstanceOf(SdkClientException.class);
        }
    }

    private List<Message> receive(int seconds) {
        return client.receiveMessage(
                        r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(seconds))
                .messages();
    }
}
