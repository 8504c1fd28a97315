package local.firehose;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects under way to S3: each is tried again, ever more slowly, until S3 has taken it. */
final class Deliveries {
    private static final int THREADS = 4;
    private static final int MAX_UNDER_WAY = 64;
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(2);

    private final ScheduledExecutorService threads =
            new ScheduledThreadPoolExecutor(THREADS, new ThreadPoolExecutor.DiscardPolicy());
    private final Semaphore free = new Semaphore(MAX_UNDER_WAY);
    private final S3Client s3;
    private final String bucket;
    private final Counters counters;

    Deliveries(S3Client s3, String bucket, Counters counters) {
        this.s3 = s3;
        this.bucket = bucket;
        this.counters = counters;
    }

    /** Takes charge of an object; waits while too many are under way. */
    void add(StagedObject object, Duration delay) throws InterruptedException {
        free.acquire();
        schedule(() -> deliver(object, FIRST_RETRY), delay);
    }

    private void deliver(StagedObject object, Duration retryAfter) {
        try {
            s3.putObject(r -> r.bucket(bucket).key(object.key()), RequestBody.fromBytes(object.content()));
            counters.stored(object);
            free.release();
        } catch (SdkException unwell) {
            counters.putFailed();
            Duration longer = retryAfter.multipliedBy(2);
            schedule(() -> deliver(object, longer.compareTo(SLOWEST_RETRY) < 0 ? longer : SLOWEST_RETRY), retryAfter);
        }
    }

    private void schedule(Runnable delivery, Duration delay) {
        var unused = threads.schedule(delivery, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until S3 has all, {@code timeout} at most. */
    void await(Duration timeout) throws InterruptedException {
        if (free.tryAcquire(MAX_UNDER_WAY, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            free.release(MAX_UNDER_WAY);
        }
    }

    /** Gives up what is still under way, and whatever is added from now on. */
    void stop() {
        threads.shutdownNow();
        free.release(MAX_UNDER_WAY);
    }
}
