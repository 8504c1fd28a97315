package floe.kinesis;

import floe.aws.AwsRefusal;
import floe.health.Pulse;
import floe.metrics.CaptureMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts lines on a stream so that lines of one row arrive in order, whatever fails.
 *
 * <p>A line belongs to the lane that its key hashes to; all lines of a key go under one partition key, hence to one
 * shard. A lane has at most one record in flight, so a rejected record holds back its successors, and only those.
 */
public final class OrderedPuts {

    private static final Logger LOG = LoggerFactory.getLogger(OrderedPuts.class);
    /** Enough for the largest batches; with lines of one record each, more would only cost memory. */
    private static final int MOST_SPLIT = 64;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final KinesisClient client;
    private final String stream;
    private final PutLimits limits;
    private final RunMarks marks;
    private final Pulse pulse;
    private final CaptureMeters meters;
    /** Why the last call failed, if it did. */
    private String trouble;

    /**
     * @param client used as it is; its own retries are harmless, since a lane waits for their end
     * @param stream the stream's name
     * @param marks count what is put on it
     * @param pulse beats when Kinesis takes a record, and shows life while it takes none
     */
    public OrderedPuts(
            KinesisClient client, String stream, PutLimits limits, RunMarks marks, Pulse pulse, CaptureMeters meters) {
        this.client = client;
        this.stream = stream;
        this.limits = limits;
        this.marks = marks;
        this.pulse = pulse;
        this.meters = meters;
    }

    /**
     * Returns when every line is stored, and then the heartbeats if these are due. Throttled and failed records are resent for as long as it takes.
     *
     * @throws IllegalArgumentException if a line is larger than a record may be; nothing was put then
     * @throws KinesisException if the stream refuses the whole call for a reason that waiting does not mend
     * @throws InterruptedException if the caller is being stopped; any part of the lines may be stored then
     */
    public void put(Lines lines) throws InterruptedException {
        put(lanesOf(lines));
        if (lines.beat() != null) {
            put(lanesOf(heartbeats(lines.beat())));
        }
    }

    /** One for each lane, all behind the lines that are stored by now. */
    private Lines heartbeats(Beat beat) {
        Lines lines = new Lines();
        long now = System.currentTimeMillis();
        for (int lane = 0; lane < limits.lanes(); lane++) {
            lines.add(lane, marks.heartbeat(lane, beat, now, limits.room(lane)));
        }
        return lines;
    }

    private void put(List<Lane> waiting) throws InterruptedException {
        int failures = 0;
        pulse.beat("waiting for its answer");
        while (!waiting.isEmpty()) {
            List<Lane> sent = nextCall(waiting);
            int rejected = send(sent);
            waiting.removeIf(Lane::isEmpty);
            if (rejected < sent.size()) {
                pulse.beat("waiting for its answer");
            }
            if (rejected == 0) {
                failures = 0;
            } else {
                // Pauses grow only while nothing gets through: some throttling is normal under load.
                failures = rejected < sent.size() ? 1 : failures + 1;
                LOG.debug("{} of {} records were rejected; sending them again", rejected, sent.size());
                Thread.sleep(pause(failures).toMillis());
            }
        }
    }

    /**
     * The lines in their lanes. A lane with more lines than fit in one record is split into several, each with keys of
     * its own and all under the same partition key, so that they need not wait for each other.
     */
    private List<Lane> lanesOf(Lines lines) {
        long split = Math.min(lines.size() / ((long) limits.lanes() * limits.packBytes()) + 1, MOST_SPLIT);
        int count = limits.lanes() * (int) split;
        int[] ends = new int[count + 1];
        for (int line = 0; line < lines.count(); line++) {
            int lane = Math.floorMod(lines.keyHash(line), count);
            if (lines.length(line) > limits.room(lane % limits.lanes())) {
                throw new IllegalArgumentException("A change of " + lines.length(line)
                        + " bytes does not fit in a record of the stream: kinesis.record-bytes is "
                        + limits.recordBytes());
            }
            ends[lane + 1]++;
        }
        for (int lane = 0; lane < count; lane++) {
            ends[lane + 1] += ends[lane];
        }
        int[] order = new int[lines.count()];
        int[] next = Arrays.copyOf(ends, count);
        for (int line = 0; line < lines.count(); line++) {
            order[next[Math.floorMod(lines.keyHash(line), count)]++] = line;
        }
        List<Lane> lanes = new ArrayList<>(count);
        for (int lane = 0; lane < count; lane++) {
            if (ends[lane] < ends[lane + 1]) {
                lanes.add(new Lane(lines, order, ends[lane], ends[lane + 1], lane % limits.lanes(), limits, marks));
            }
        }
        return lanes;
    }

    /** As many lanes as fit in one call with their first records. */
    private static List<Lane> nextCall(List<Lane> waiting) {
        List<Lane> call = new ArrayList<>();
        int bytes = 0;
        for (Lane lane : waiting) {
            bytes += lane.firstBytes();
            if (!call.isEmpty() && (call.size() == PutLimits.CALL_RECORDS || bytes > PutLimits.CALL_BYTES)) {
                break;
            }
            call.add(lane);
        }
        return call;
    }

    /** Sends the first record of each lane and returns how many were not stored. */
    private int send(List<Lane> lanes) throws InterruptedException {
        List<PutRecordsRequestEntry> records = lanes.stream().map(Lane::first).toList();
        PutRecordsResponse response;
        long began = System.nanoTime();
        try {
            response = client.putRecords(request -> request.streamName(stream).records(records));
        } catch (AbortedException e) {
            // The SDK's word for an interrupt, whose flag it has taken or not.
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (SdkException e) {
            meters.putFailed(since(began));
            if (!passes(e)) {
                throw e;
            }
            String reason = AwsRefusal.of(e).orElseGet(e::getMessage);
            if (!reason.equals(trouble)) {
                LOG.warn(
                        "The stream {} takes no records, which wait until it does; nothing is to be done unless it lasts: {}",
                        stream,
                        reason);
            }
            trouble = reason;
            pulse.waiting("it takes no records: " + reason);
            return lanes.size();
        }
        if (trouble != null) {
            LOG.info("The stream {} takes records again", stream);
            trouble = null;
        }
        List<PutRecordsResultEntry> results = response.records();
        Duration time = since(began);
        long bytes = 0;
        int rejected = 0;
        String error = "";
        for (int i = 0; i < lanes.size(); i++) {
            if (results.get(i).errorCode() == null) {
                bytes += lanes.get(i).removeFirst();
            } else {
                rejected++;
                error = results.get(i).errorCode();
            }
        }
        meters.put(lanes.size() - rejected, bytes, rejected, time);
        if (rejected == lanes.size()) {
            pulse.waiting("it takes no records: " + error);
        }
        return rejected;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** Whether waiting can help: throttling, a fault of the service, or no answer at all. */
    private static boolean passes(SdkException failure) {
        return failure.retryable()
                || !(failure instanceof KinesisException refusal)
                || refusal.isThrottlingException()
                || refusal.statusCode() >= 500;
    }

    /** Doubles from failure to failure, with jitter so that several writers do not come back together. */
    private static Duration pause(int failures) {
        long longest = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures - 1, 16));
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}
