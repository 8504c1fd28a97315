package local.life;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that was said to MySQL, as a script: each statement on one line, behind what MySQL refused it with, in the order of rounds and
 * sessions. Within a round the sessions run at the same time.
 */
final class StatementLog implements AutoCloseable {

    private final Writer file;

    StatementLog(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        file = Files.newBufferedWriter(path);
    }

    /** Adds what one session did in one round. */
    synchronized void add(long round, String session, List<String> lines) {
        try {
            file.write("-- round " + round + ", " + session + "\n");
            for (String line : lines) {
                file.write(line + "\n");
            }
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
