package local.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of the system that are run to their end. */
final class Commands {
    private Commands() {}

    /**
     * Runs the command and returns what it printed.
     *
     * @throws MySqlFailed if it cannot be run or ends with another code than 0; the message has what it printed
     */
    static String run(ProcessBuilder command) {
        String line = String.join(" ", command.command());
        try {
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
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
