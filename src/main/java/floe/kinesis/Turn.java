package floe.kinesis;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/**
 * The turn of a batch to be stored, one after the other: several may be written at once, and none is stored before the one
 * ahead of it is, or at all after one that failed.
 */
public final class Turn {

    /** Let go once this one is stored: else each turn would keep all before it. */
    private volatile Turn before;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stored;

    private Turn(Turn before) {
        this.before = before;
    }

    /** One that has come already. */
    public static Turn first() {
        Turn first = new Turn(null);
        first.stored();
        return first;
    }

    /** The turn after this one. */
    public Turn next() {
        return new Turn(this);
    }

    /**
     * Waits until the batch ahead is stored.
     *
     * @throws CancellationException if it never will be
     */
    public void await() throws InterruptedException {
        Turn ahead = before;
        if (ahead != null) {
            ahead.over.await();
            if (!ahead.stored) {
                throw new CancellationException("The batch ahead was not stored");
            }
        }
    }

    /** Its own batch is stored. */
    public void stored() {
        stored = true;
        before = null;
        over.countDown();
    }

    /** Its own batch is not stored; nothing once it was. */
    public void failed() {
        over.countDown();
    }
}
