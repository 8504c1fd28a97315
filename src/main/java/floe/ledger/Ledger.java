package floe.ledger;

import floe.aws.AwsClients;
import floe.aws.AwsRefusal;
import floe.change.RecordMark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The marks that have arrived at this loader and at all others, and so what has not.
 *
 * <p>The marks of a file are durable before {@link #keep} returns. Each loader keeps its ledger in an object of its own in S3 and
 * adds to it what it reads in the others': nothing is lost with a loader, and none waits for another. May be used by several
 * threads.
 */
public final class Ledger {

    /** So often the others' are looked at. */
    static final Duration LOOKED = Duration.ofSeconds(30);

    /** So often the own one is written, changed or not. */
    static final Duration WRITTEN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final LedgerObjects objects;
    private final OtherLedgers others;
    private final Duration patience;
    private final Clock clock;
    private final LongSupplier nanos;

    private final Marks kept;
    /** What files hold that are not kept yet, by their keys. */
    private final Map<String, Marks> read = new HashMap<>();

    private long version;
    private long written;
    private long writtenAt;
    /** Done by the next write to begin. */
    private CompletableFuture<Void> next = new CompletableFuture<>();

    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock looking = new ReentrantLock();
    private boolean looked;
    private long lookedAt;
    private Instant loaded = Instant.EPOCH;
    private String trouble;

    /** Reads nothing yet. */
    public Ledger(AwsClients clients, LedgerSettings settings) {
        this(
                new LedgerObjects(
                        clients,
                        settings.bucket(),
                        settings.prefix(),
                        UUID.randomUUID().toString()),
                settings.missingAfter(),
                Clock.systemUTC(),
                System::nanoTime);
    }

    /** For tests, whose time passes as they say. */
    Ledger(LedgerObjects objects, Duration patience, Clock clock, LongSupplier nanos) {
        this.objects = objects;
        this.others = new OtherLedgers(objects);
        this.patience = patience;
        this.clock = clock;
        this.nanos = nanos;
        this.kept = new Marks(clock.millis());
    }

    /** Notes a mark that was read in a file: it has arrived, though it is not kept. Noting it again changes nothing. */
    public synchronized void note(String file, RecordMark mark) {
        read.computeIfAbsent(file, any -> new Marks(kept.begun())).add(mark, clock.millis());
    }

    /**
     * Makes the marks that were noted of a file durable, and forgets the file. Those that several threads want kept at once are
     * kept by one request; a file without any that is new costs none.
     *
     * @throws SdkException if S3 does not take them; it may be tried again
     */
    public void keep(String file) {
        CompletableFuture<Void> write = null;
        synchronized (this) {
            Marks marks = read.get(file);
            if (marks == null) {
                return;
            }
            change(kept.add(marks));
            if (written < version) {
                write = next;
            }
        }
        if (write != null) {
            await(write);
        }
        forget(file);
    }

    /** Forgets what was noted of a file that will not be kept. */
    public synchronized void forget(String file) {
        read.remove(file);
    }

    /**
     * Gives up numbers that are missing, as their tables are read again: they are never told of again. That is durable with the
     * next write; until then it may be told of again after a crash.
     */
    public synchronized void settle(Gap gap) {
        change(kept.giveUp(gap));
    }

    /**
     * Takes in what other loaders have kept, and what those have that run no more; to be called after each listing. Does nothing
     * if it was done in the last half minute. If S3 refuses, all stays as it was, and {@link #arrivals} tells of it.
     *
     * @param allLoaded no file is staged any more, for any loader, that was staged before then: when the oldest file of the listing
     *     was staged, or when the listing began if it found none. What a staged file may still hold is not missing
     */
    public void refresh(Instant allLoaded) {
        if (!looking.tryLock()) {
            return;
        }
        try {
            if (!looked || nanos.getAsLong() - lookedAt >= LOOKED.toNanos()) {
                looked = true;
                lookedAt = nanos.getAsLong();
                look(allLoaded);
            }
        } finally {
            looking.unlock();
        }
    }

    /** What has arrived and what has not, by all that this loader knows. */
    public synchronized Arrivals arrivals() {
        Marks all = kept.copy();
        read.values().forEach(all::add);
        Instant now = clock.instant();
        Instant until = loaded.isBefore(now) ? loaded : now;
        return Arrivals.of(all, now, until.minus(patience), Optional.ofNullable(trouble));
    }

    private void look(Instant allLoaded) {
        try {
            others.read(this::takeIn);
            CompletableFuture<Void> write = null;
            synchronized (this) {
                loaded = allLoaded;
                change(kept.forget(clock.millis()));
                if (!kept.isEmpty() && (written < version || nanos.getAsLong() - writtenAt >= WRITTEN.toNanos())) {
                    write = next;
                }
            }
            if (write != null) {
                await(write);
            }
            others.removeIdle();
            tell(null);
        } catch (SdkException e) {
            tell(AwsRefusal.of(e).orElse(String.valueOf(e.getMessage())));
        }
    }

    private synchronized void takeIn(Marks other) {
        change(kept.add(other));
    }

    private synchronized void tell(String why) {
        if (why != null && !why.equals(trouble)) {
            LOG.warn(
                    "The ledgers of the loaders under {} in the bucket {} cannot be kept up with: {}",
                    objects.prefix(),
                    objects.bucket(),
                    why);
        }
        trouble = why;
    }

    private void change(boolean changed) {
        if (changed) {
            version++;
        }
    }

    /** Waits for a write that has not begun; the first that gets here does it for all that wait, and its failure is theirs. */
    private void await(CompletableFuture<Void> write) {
        writing.lock();
        try {
            if (!write.isDone()) {
                write();
            }
        } finally {
            writing.unlock();
        }
        try {
            write.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private void write() {
        CompletableFuture<Void> begun;
        byte[] json;
        long upTo;
        synchronized (this) {
            begun = next;
            next = new CompletableFuture<>();
            json = MarksJson.write(kept);
            upTo = version;
        }
        try {
            objects.put(json);
            synchronized (this) {
                written = upTo;
                writtenAt = nanos.getAsLong();
            }
            begun.complete(null);
        } catch (SdkException e) {
            begun.completeExceptionally(e);
        } finally {
            // Where something else went wrong, it goes its way, and those that wait must not do so for ever.
            begun.completeExceptionally(new IllegalStateException("The ledger was not written"));
        }
    }
}
