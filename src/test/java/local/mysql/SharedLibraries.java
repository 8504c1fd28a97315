package local.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with the shared libraries that mysqld needs and this machine lacks.
 *
 * <p>Debian 13 and Ubuntu 24.04 have {@code libaio.so.1} under another file name, which is copied; on any Debian or
 * Ubuntu the package is downloaded, which needs no root, and unpacked beside, not installed.
 */
final class SharedLibraries {
    private static final String PATH_VARIABLE = "LD_LIBRARY_PATH";
    private static final Pattern NOT_FOUND = Pattern.compile("(?m)^\\s*(\\S+) => not found");
    private static final List<Path> SYSTEM_FOLDERS = Stream.of(
                    "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/local/lib")
            .map(Path::of)
            .toList();
    private static final Map<String, Packaged> PACKAGES = Map.of(
            "libaio.so.1", new Packaged(List.of("libaio1t64", "libaio1"), "libaio"),
            "libnuma.so.1", new Packaged(List.of("libnuma1"), "numactl-libs"));

    /** The packages that have a library: the names it has on Debian and Ubuntu, newest first, and that on Fedora. */
    private record Packaged(List<String> debs, String rpm) {}

    private final Path folder;

    private SharedLibraries(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds what the binary lacks and puts it into the folder.
     *
     * @throws MySqlFailed if a library can neither be found nor fetched; the message has the command that installs it
     */
    static SharedLibraries neededBy(Path binary, Path folder, Consumer<String> progress) {
        SharedLibraries libraries = new SharedLibraries(folder);
        for (String missing : libraries.missingFor(binary)) {
            libraries.add(missing, libraries.find(missing).orElseGet(() -> libraries.fetch(missing, progress)));
        }
        return libraries;
    }

    /** Makes a process with this environment find the libraries. */
    void addTo(Map<String, String> environment) {
        environment.merge(PATH_VARIABLE, folder.toString(), (old, added) -> added + ":" + old);
    }

    private List<String> missingFor(Path binary) {
        ProcessBuilder ldd = new ProcessBuilder("ldd", binary.toString());
        addTo(ldd.environment());
        return NOT_FOUND
                .matcher(Commands.run(ldd))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private Optional<Path> find(String library) {
        return SYSTEM_FOLDERS.stream()
                .map(system -> system.resolve(library + "t64"))
                .filter(Files::exists)
                .findFirst();
    }

    private Path fetch(String library, Consumer<String> progress) {
        Packaged packaged = PACKAGES.get(library);
        if (packaged == null) {
            throw new MySqlFailed("mysqld needs " + library + ", which this machine lacks");
        }
        try {
            Path unpacked = Folders.once(folder.resolveSibling(library), target -> {
                progress.accept("Downloading " + library + ", which mysqld needs");
                download(packaged, target);
                for (Path deb : filesIn(target, file -> file.endsWith(".deb"))) {
                    Commands.run(new ProcessBuilder("dpkg-deb", "-x", deb.toString(), target.toString()));
                }
            });
            return filesIn(unpacked, file -> file.equals(library) || file.equals(library + "t64"))
                    .get(0);
        } catch (IOException | MySqlFailed | IndexOutOfBoundsException e) {
            throw new MySqlFailed(howToInstall(library, packaged) + ". Downloading it failed: " + e.getMessage(), e);
        }
    }

    private static void download(Packaged packaged, Path target) {
        try {
            downloadAny(packaged, target);
        } catch (MySqlFailed e) {
            // The package lists may be missing or stale, as in a fresh container; only root may update them.
            Commands.run(new ProcessBuilder("apt-get", "-q", "update"));
            downloadAny(packaged, target);
        }
    }

    private static void downloadAny(Packaged packaged, Path target) {
        MySqlFailed failed = null;
        for (String deb : packaged.debs()) {
            try {
                Commands.run(new ProcessBuilder("apt-get", "-q", "download", deb).directory(target.toFile()));
                return;
            } catch (MySqlFailed e) {
                failed = e;
            }
        }
        throw failed;
    }

    private void add(String library, Path file) {
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, library, null);
            Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, folder.resolve(library), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new MySqlFailed("Cannot copy " + file + " into " + folder, e);
        }
    }

    private static List<Path> filesIn(Path folder, Predicate<String> named) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> named.test(file.getFileName().toString()))
                    .toList();
        }
    }

    private static String howToInstall(String library, Packaged packaged) {
        return "mysqld needs " + library + ", which this machine lacks. Install it with: apt-get install "
                + String.join(" (or ", packaged.debs()) + (packaged.debs().size() > 1 ? ")" : "")
                + " on Debian or Ubuntu, dnf install " + packaged.rpm() + " on Fedora or RHEL";
    }
}
