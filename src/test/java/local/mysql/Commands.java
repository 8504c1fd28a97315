package local.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs of the system that are run to their end. */
final class Commands {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private Commands() {}

    /**
     * Runs the command and returns what it printed.
     *
     * @throws MySqlFailed if it cannot be run or ends with another code than 0; the message has what it printed
     */
    static String run(ProcessBuilder command) {
        return run(command, FOR_EVER);
    }

    /**
     * The same, ended with all that it started once the time is over.
     *
     * @throws MySqlFailed also if the time is over; the message says so
     */
    static String run(ProcessBuilder command, Duration atMost) {
        String line = String.join(" ", command.command());
        try {
            Process process = command.redirectErrorStream(true).start();
            CompletableFuture<Boolean> tooLong =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, atMost.toMillis(), TimeUnit.MILLISECONDS);
            tooLong.thenAccept(late -> {
                if (late) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            });
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (!tooLong.complete(false) && tooLong.join()) {
                throw new MySqlFailed(line + " took longer than " + atMost.toSeconds() + " s");
            }
            if (code != 0) {
                throw new MySqlFailed(line + " ended with " + code + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new MySqlFailed("Cannot run " + line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MySqlFailed("Interrupted during " + line, e);
        }
    }
}
