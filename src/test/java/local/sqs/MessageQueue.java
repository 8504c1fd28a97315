package local.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A standard queue. A message that was received is hidden for a time, and then comes again unless it was deleted. */
final class MessageQueue {
    /** @param receipt that of the latest delivery */
    record Message(String id, String body, String receipt, long visibleAt) {}

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Duration visibilityTimeout;
    private int received;

    MessageQueue(Duration visibilityTimeout) {
        this.visibilityTimeout = visibilityTimeout;
    }

    Duration visibilityTimeout() {
        return visibilityTimeout;
    }

    synchronized String send(String body) {
        String id = UUID.randomUUID().toString();
        messages.put(id, new Message(id, body, "", System.nanoTime()));
        notifyAll();
        return id;
    }

    /** Up to {@code most} messages; waits for the first of them as long as {@code wait}. */
    synchronized List<Message> receive(int most, Duration hidden, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        List<Message> visible = take(most, hidden);
        while (visible.isEmpty() && end - System.nanoTime() > 0) {
            // Not only until a message comes: a hidden one may become visible.
            wait(Math.max(1, Math.min(50, (end - System.nanoTime()) / 1_000_000)));
            visible = take(most, hidden);
        }
        received += visible.size();
        return visible;
    }

    private List<Message> take(int most, Duration hidden) {
        long now = System.nanoTime();
        List<Message> taken = new ArrayList<>();
        for (Message message : messages.values()) {
            if (taken.size() < most && message.visibleAt() - now <= 0) {
                taken.add(new Message(
                        message.id(), message.body(), UUID.randomUUID().toString(), now + hidden.toNanos()));
            }
        }
        taken.forEach(message -> messages.put(message.id(), message));
        return taken;
    }

    /** Hides the message of a receipt for a time from now on; an old receipt has no effect. */
    synchronized void hide(String receipt, Duration hidden) {
        messages.replaceAll((id, message) -> message.receipt().equals(receipt)
                ? new Message(id, message.body(), receipt, System.nanoTime() + hidden.toNanos())
                : message);
        notifyAll();
    }

    /** Deletes the message of a receipt; an old receipt has no effect, as may be in the service. */
    synchronized void delete(String receipt) {
        messages.values().removeIf(message -> message.receipt().equals(receipt));
    }

    synchronized int size() {
        return messages.size();
    }

    synchronized int hidden() {
        long now = System.nanoTime();
        return (int) messages.values().stream()
                .filter(message -> message.visibleAt() - now > 0)
                .count();
    }

    synchronized int received() {
        return received;
    }
}
