package floe.state;

import floe.change.TableId;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What people ask of capture's snapshots, each time by a file of its own beside the saved state. */
public final class SnapshotRequests {

    private static final String PREFIX = "snapshot-request-";

    /** Ends the name of a table, as the one character that MySQL has in none. An earlier Floe ended them with their lines. */
    private static final String END = "\0";

    private final Path folder;

    /** What is asked for the tables. */
    public enum Wish {
        READ,
        CANCEL
    }

    /**
     * One request.
     *
     * @param tables by their names; of several requests for a table the last counts
     * @param file in which it was found
     */
    public record Request(Wish wish, List<TableId> tables, Path file) {

        public Request {
            tables = List.copyOf(tables);
        }
    }

    private SnapshotRequests(Path folder) {
        this.folder = folder;
    }

    /** The requests to the capture that keeps its state in this folder. */
    public static SnapshotRequests in(Path stateFolder) {
        return new SnapshotRequests(stateFolder);
    }

    /**
     * The requests to the capture that keeps its state in {@code capture.state}.
     *
     * @throws WrongSetting if there is no such folder, where nobody would look
     */
    public static SnapshotRequests read(Settings settings) {
        String should = "the folder in which capture keeps its state";
        String folder = settings.text("capture.state", should);
        if (!Files.isDirectory(Path.of(folder))) {
            throw new WrongSetting(
                    "capture.state", Path.of(folder).toAbsolutePath().toString(), should + ", and it is not there");
        }
        return in(Path.of(folder));
    }

    /** Leaves a request, at once and whole. */
    public void ask(Wish wish, Collection<TableId> tables) throws IOException {
        StringBuilder text = new StringBuilder(wish.name()).append('\n');
        tables.forEach(table -> text.append(table).append(END));
        Path file = folder.resolve(PREFIX + System.currentTimeMillis() + "-" + UUID.randomUUID());
        Replaced.file(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The requests that are open, the oldest first. */
    public List<Request> open() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*")) {
            found.forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        files.removeIf(file -> file.toString().endsWith(Replaced.TEMPORARY));
        files.sort(null);
        List<Request> requests = new ArrayList<>();
        for (Path file : files) {
            requests.add(read(file));
        }
        return requests;
    }

    private static Request read(Path file) throws IOException {
        String text = Files.readString(file);
        int names = text.indexOf('\n') + 1;
        String[] tables = text.substring(names).split(text.contains(END) ? END : "\n");
        return new Request(
                Wish.valueOf(text.substring(0, names - 1)),
                Stream.of(tables)
                        .filter(name -> !name.isEmpty())
                        .map(TableId::parse)
                        .toList(),
                file);
    }

    /** Removes requests, once the saved state says what they asked for. */
    public void close(Collection<Request> requests) throws IOException {
        for (Request request : requests) {
            Files.deleteIfExists(request.file());
        }
    }
}
