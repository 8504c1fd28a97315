package floe.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A folder that one process has for itself, by a lock on a file in it that ends with the process. The file says who has it,
 * and stays.
 */
public final class FolderLock implements AutoCloseable {

    private static final String FILE = "lock";

    /** A byte behind the text, which others may read. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The lock, or nothing if somebody has it.
     *
     * @throws IOException if the folder cannot be written
     */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock != null) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(self());
                channel.truncate(0);
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Another capture in this very process has it.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** Who has it or had it last, such as {@code process 17 on host floe-0, since 2026-11-27T10:00:00Z}. */
    public static String holder(Path folder) throws IOException {
        String text = Files.readString(folder.resolve(FILE)).strip();
        return text.isEmpty() ? "another process" : text;
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static String self() {
        return "process " + ProcessHandle.current().pid() + " on host " + host() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "without a name";
        }
    }
}
