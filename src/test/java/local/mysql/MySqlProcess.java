package local.mysql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A mysqld that runs, and that does not outlive this process however it ends. */
final class MySqlProcess {
    private static final System.Logger LOG = System.getLogger(MySqlProcess.class.getName());
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 60;

    private final Process mysqld;
    private final Process watchdog;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private MySqlProcess(Process mysqld, Process watchdog) {
        this.mysqld = mysqld;
        this.watchdog = watchdog;
        Thread reader = new Thread(this::readMessages, "mysqld-" + mysqld.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it and waits until it takes connections.
     *
     * @throws MySqlFailed if it ends before, or takes longer than two minutes; the message has what it printed
     */
    static MySqlProcess start(ProcessBuilder command) {
        try {
            Process mysqld = command.start();
            MySqlProcess started = new MySqlProcess(mysqld, watchdogOf(mysqld));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new MySqlFailed("Cannot run " + command.command().get(0), e);
        }
    }

    /** A process that sees its input end when this process is gone, killed included, and then kills mysqld. */
    private static Process watchdogOf(Process mysqld) throws IOException {
        return new ProcessBuilder("sh", "-c", "trap '' INT TERM HUP; read -r _; kill -9 " + mysqld.pid())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    boolean isAlive() {
        return mysqld.isAlive();
    }

    void awaitEnd() throws InterruptedException {
        mysqld.waitFor();
    }

    void stop() {
        mysqld.destroy();
        end();
    }

    void kill() {
        mysqld.destroyForcibly();
        end();
    }

    private void end() {
        try {
            if (!mysqld.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                mysqld.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            mysqld.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            // Before mysqld's process id may be given to another.
            watchdog.destroyForcibly();
        }
    }

    private void awaitReady() {
        try {
            ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            kill();
            throw new MySqlFailed(
                    "mysqld did not start. It printed:\n" + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            kill();
            throw new MySqlFailed("mysqld did not start within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new MySqlFailed("Interrupted while mysqld started", e);
        }
    }

    /** Reads to the end, or mysqld would block on a full pipe. */
    private void readMessages() {
        List<String> untilReady = new ArrayList<>();
        try (BufferedReader messages = mysqld.inputReader()) {
            messages.lines().forEach(message -> {
                LOG.log(System.Logger.Level.DEBUG, message);
                if (!ready.isDone()) {
                    untilReady.add(message);
                }
                if (message.contains("ready for connections")) {
                    ready.complete(null);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "mysqld's messages ended", e);
        }
        ready.completeExceptionally(new MySqlFailed(String.join("\n", untilReady)));
    }
}
