package floe.debezium;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Debezium's file of table definitions, one JSON object a line. */
final class SchemaHistoryFile {

    private final Path path;

    private SchemaHistoryFile(Path path) {
        this.path = path;
    }

    /** The one in this folder. */
    static SchemaHistoryFile in(Path stateFolder) {
        return new SchemaHistoryFile(stateFolder.resolve("schema-history.jsonl"));
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Its path. */
    @Override
    public String toString() {
        return path.toString();
    }

    /** Cuts off a last line that a crash left without its end; with it the engine refuses to start. */
    void cutTornLine() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long end = file.length();
            while (end > 0 && byteAt(file, end - 1) != '\n') {
                end--;
            }
            file.setLength(end);
        }
    }

    /** Makes what Debezium has written to it survive a power cut; Debezium leaves that to the operating system. */
    void force() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    /** Removes the file before a new snapshot, which writes all definitions again. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static int byteAt(RandomAccessFile file, long offset) throws IOException {
        file.seek(offset);
        return file.read();
    }
}
