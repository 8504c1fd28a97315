package local.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Programs of the system that are run to their end. */
final class Commands {
    private static final Duration LONG = Duration.ofHours(1);

    private Commands() {}

    /**
     * Runs the command and returns what it printed.
     *
     * @throws MySqlFailed if it cannot be run or ends with another code than 0; the message has what it printed
     */
    static String run(ProcessBuilder command) {
        return run(command, LONG);
    }

    /**
     * The same, ended with all that it started once the time is over.
     *
     * @throws MySqlFailed also if the time is over; the message says so
     */
    static String run(ProcessBuilder command, Duration atMost) {
        String line = String.join(" ", command.command());
        try {
            Path printed = Files.createTempFile("command", ".log");
            try {
                int code = end(command.redirectErrorStream(true).redirectOutput(printed.toFile()), line, atMost);
                String output = new String(Files.readAllBytes(printed), StandardCharsets.UTF_8);
                if (code != 0) {
                    throw new MySqlFailed(line + " ended with " + code + ": " + output.strip());
                }
                return output;
            } finally {
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new MySqlFailed("Cannot run " + line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MySqlFailed("Interrupted during " + line, e);
        }
    }

    private static int end(ProcessBuilder command, String line, Duration atMost)
            throws IOException, InterruptedException {
        Process process = command.start();
        process.getOutputStream().close();
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new MySqlFailed(line + " took longer than " + atMost.toSeconds() + " s");
        }
        return process.exitValue();
    }
}
