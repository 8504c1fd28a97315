package floe.state;

import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** The wish for a new snapshot of all captured tables: a file beside the saved state. */
public final class SnapshotRequest {

    private final Path file;

    private SnapshotRequest(Path file) {
        this.file = file;
    }

    /** The request to the capture that keeps its state in this folder. */
    public static SnapshotRequest in(Path stateFolder) {
        return new SnapshotRequest(stateFolder.resolve("snapshot-request"));
    }

    /**
     * The request to the capture that keeps its state in {@code capture.state}.
     *
     * @throws WrongSetting if there is no such folder, where nobody would look
     */
    public static SnapshotRequest read(Settings settings) {
        String should = "the folder in which capture keeps its state";
        String folder = settings.text("capture.state", should);
        if (!Files.isDirectory(Path.of(folder))) {
            throw new WrongSetting(
                    "capture.state", Path.of(folder).toAbsolutePath().toString(), should + ", and it is not there");
        }
        return in(Path.of(folder));
    }

    /** Leaves the request, at once and whole; asking twice is asking once. */
    public void ask() throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(temporary, "asked for at " + Instant.now() + "\n");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether a snapshot is asked for. */
    public boolean isOpen() {
        return Files.exists(file);
    }

    /** Removes the request, once the saved state says that a snapshot must be taken. */
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
