package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.person;
import static routes.Events.write;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import local.http.RequestFault;
import local.sqs.SqsServer;
import org.apache.camel.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StagedEventTest {

    private static final String QUEUE = "staged";
    private static final String NEVER = "1h";
    private static final String SOON = "300";

    private LoadWorld world;
    private SqsServer sqs;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
        sqs = SqsServer.start();
        world.stage().queue(sqs, QUEUE);
    }

    @AfterEach
    void end() throws Exception {
        world.close();
        sqs.close();
    }

    @Test
    void aStagedFileIsLoadedAtOnceThoughTheNextPollIsAnHourAway() throws Exception {
        tellOfStagedFiles();
        startAndAwaitTheFirstPoll(NEVER);

        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");
        awaitNoMessages();
    }

    @Test
    void whatALostMessageWouldHaveToldTheNextPollFinds() throws Exception {
        startAndAwaitTheFirstPoll(SOON);

        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.awaitArchived(file);
        assertThat(sqs.received(QUEUE)).isZero();
    }

    @Test
    void repeatedMalformedAndForeignMessagesDoNoHarm() throws Exception {
        tellOfStagedFiles();
        tellOfStagedFiles();
        sqs.send(QUEUE, "{\"Event\":\"s3:TestEvent\"}");
        sqs.send(QUEUE, "not json");
        sqs.send(QUEUE, "{\"Records\":[{\"s3\":{\"object\":{\"key\":\"staging%2Fgone\"}}}]}");
        startAndAwaitTheFirstPoll(NEVER);

        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");
        assertThat(world.deadLetters()).isEmpty();
        assertThat(world.stage().health().getMessage()).isEmpty();
        awaitNoMessages();
    }

    @Test
    void messagesThatComeDuringARoundLeadToOneMore() throws Exception {
        AtomicInteger listings = new AtomicInteger();
        tellOfStagedFiles();
        startAndAwaitTheFirstPoll(NEVER);
        world.s3().faults().only((method, path) -> {
            if (method.equals("GET") && path.matches("/floe/?")) {
                listings.incrementAndGet();
            }
            return false;
        });
        world.snowflake().faults().latency(Duration.ofMillis(700));
        String first = world.stage(write(100, person(0, "Ann", "Oslo")));
        await().untilAsserted(() -> assertThat(listings).hasValue(1));

        String[] others = IntStream.rangeClosed(1, 20)
                .mapToObj(id -> world.stage(write(100 + id, person(id, "n", "c"))))
                .toArray(String[]::new);
        await().untilAsserted(() -> assertThat(sqs.received(QUEUE)).isGreaterThanOrEqualTo(21));
        world.snowflake().faults().clear();

        world.awaitArchived(first);
        world.awaitArchived(others);
        awaitNoMessages();
        // One for all of them, and two to spare for messages that were received when it had begun. Besides, each file
        // is
        // looked for in the archive.
        assertThat(listings.get() - 1 - others.length).isBetween(2, 4);
    }

    @Test
    void aMessageStaysUntilAListingHasBegun() throws Exception {
        messagesComeAgainSoon();
        tellOfStagedFiles();
        startAndAwaitTheFirstPoll(NEVER);
        world.s3()
                .faults()
                .only((method, path) -> method.equals("GET") && path.matches("/floe/?"))
                .failRequests(RequestFault.FAILED, 1);

        String file = world.stage(write(100, person(1, "Ann", "Oslo")));
        await().untilAsserted(() -> assertThat(world.stage().health().getMessage())
                .hasValueSatisfying(reason -> assertThat(reason).contains("InternalError")));
        assertThat(sqs.messages(QUEUE)).isOne();
        world.s3().faults().clear();

        world.awaitArchived(file);
        awaitNoMessages();
    }

    @Test
    void aMissingQueueIsNamedAndPollingGoesOn() throws Exception {
        sqs.deleteQueue(QUEUE);

        expectTroubleAndPolling("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");

        sqs.createQueue(QUEUE);
        expectRecovery();
    }

    @Test
    void aForbiddenQueueIsNamedAndPollingGoesOn() throws Exception {
        sqs.faults().failRequests(RequestFault.DENIED, 1);

        expectTroubleAndPolling("AccessDenied: Access to the resource is denied.");

        sqs.faults().clear();
        expectRecovery();
    }

    @Test
    void whileSqsIsDownPollingGoesOn() throws Exception {
        sqs.faults().failRequests(RequestFault.DROPPED, 1);

        expectTroubleAndPolling("Unable to execute HTTP request");

        sqs.faults().clear();
        expectRecovery();
    }

    @Test
    void messagesThatCannotBeDeletedDoNotKeepFilesFromBeingLoaded() throws Exception {
        messagesComeAgainSoon();
        tellOfStagedFiles();
        startAndAwaitTheFirstPoll(NEVER);
        sqs.faults().only((operation, path) -> operation.startsWith("Delete")).failRequests(RequestFault.DENIED, 1);

        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.awaitArchived(file);
        assertThat(sqs.messages(QUEUE)).isOne();
        sqs.faults().clear();
        awaitNoMessages();
    }

    @Test
    void withoutAQueueNothingOfSqsIsStarted() throws Exception {
        world.stage().set("load.queue", "").start();

        assertThat(world.stage().camel().getRoute("s3-to-snowflake")).isNotNull();
        assertThat(world.stage().camel().getRoute("staged-event")).isNull();
        assertThat(world.stage().camel().getEndpoints())
                .extracting(Endpoint::getEndpointUri)
                .noneMatch(uri -> uri.startsWith("aws2-sqs"));
    }

    private void messagesComeAgainSoon() {
        sqs.deleteQueue(QUEUE);
        sqs.createQueue(QUEUE, Duration.ofSeconds(1));
    }

    private void tellOfStagedFiles() {
        world.s3().notifyOfNewObjects(LoadWorld.BUCKET, "staging/", message -> sqs.send(QUEUE, message));
    }

    private void startAndAwaitTheFirstPoll(String interval) throws Exception {
        world.stage()
                .set("load.poll-interval", interval)
                .set("health.blocked-after", "2h")
                .set("health.stalled-after", "3h")
                .start();
        await().untilAsserted(
                        () -> assertThat(world.stage().health().getMessage()).isEmpty());
    }

    private void expectTroubleAndPolling(String reason) throws Exception {
        world.stage().set("load.poll-interval", SOON).start();
        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.awaitArchived(file);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        world.stage().health().getMessage())
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("The queue in load.queue cannot be used, so that files wait for the next poll: "
                                + reason)));
    }

    private void expectRecovery() {
        sqs.send(QUEUE, "any");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(world.stage().health().getMessage()).isEmpty());
        awaitNoMessages();
    }

    private void awaitNoMessages() {
        await().untilAsserted(() -> assertThat(sqs.messages(QUEUE)).isZero());
    }
}
