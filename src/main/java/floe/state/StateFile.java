package floe.state;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that holds the {@link CaptureState}. It is written to a temporary name, forced to the disk and renamed, so
 * that after a crash it holds either the old state or the new one.
 */
public final class StateFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private final Path path;

    public StateFile(Path path) {
        this.path = path;
    }

    /**
     * The state, or nothing if there is no file.
     *
     * @throws IOException if the file is there but is not a state; it is never taken for a new start
     */
    public Optional<CaptureState> read() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            CaptureState state = JSON.readValue(bytes, CaptureState.class);
            state.highest();
            return Optional.of(state);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "The saved state " + path + " is unreadable (" + bytes.length
                            + " bytes); it should be the JSON that"
                            + " capture wrote. Restore it from a copy, or move it away for a new snapshot",
                    e);
        }
    }

    /** Replaces the state; when this returns, it survives a crash. */
    public void write(CaptureState state) throws IOException {
        Replaced.file(path, JSON.writeValueAsBytes(state));
    }
}
