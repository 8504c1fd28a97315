package local.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A MySQL newer than the packaged one, as Debian's unstable release has it: for tests of what 8.0 does not have.
 *
 * <p>It is downloaded once, by whichever test asks first, and kept outside the build folder: in the folder that the
 * system property {@value #FOLDER} names, otherwise in {@code ~/.cache/floe/mysql-sid}. Nothing but a test asks for it.
 * Where it cannot be had there is a reason instead: tests on it are extra. That release moves, so its version changes,
 * and a download may fail on one day and not on the next; a failed one is tried again after {@value #MINUTES_AFTER_FAILURE} minutes.
 */
public final class NewerMySql {

    /** The system property that names the folder. */
    static final String FOLDER = "floe.mysql-sid";

    private static final int MINUTES_AFTER_FAILURE = 15;
    private static final Duration AT_MOST = Duration.ofMinutes(3);
    private static final Path SYSTEM = Path.of("/etc");
    private static final String RELEASE = "sid";

    private final Optional<Installation> installation;
    private final String about;

    private NewerMySql(Optional<Installation> installation, String about) {
        this.installation = installation;
        this.about = about;
    }

    private static final class Found {
        private static final NewerMySql ONCE = told(find(
                Path.of(System.getProperty(
                        FOLDER, Path.of(System.getProperty("user.home"), ".cache", "floe", "mysql-sid") + "")),
                SYSTEM,
                AT_MOST));
    }

    /** The one of this machine, downloaded if need be, which takes three minutes at most. The first call says what it found. */
    public static NewerMySql find() {
        return Found.ONCE;
    }

    /** Whether there is one. */
    public boolean isThere() {
        return installation.isPresent();
    }

    /** Its name and version, or why there is none. */
    public String about() {
        return about;
    }

    /**
     * A server of it that {@link MySqlServer#start()} starts.
     *
     * @throws MySqlFailed if there is none
     */
    public MySqlServer server(MySqlSettings settings) {
        return new MySqlServer(settings, installation.orElseThrow(() -> new MySqlFailed(about)));
    }

    /**
     * The one in a folder, or one that is downloaded into it.
     *
     * @param system the folder with {@code os-release} and {@code apt}
     */
    static NewerMySql find(Path folder, Path system, Duration atMost) {
        Instant deadline = Instant.now().plus(atMost);
        try {
            Files.createDirectories(folder);
            // Other processes wait until one has downloaded it.
            try (FileChannel lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                return inLocked(folder.toRealPath(), system, deadline);
            }
        } catch (IOException | UncheckedIOException e) {
            return none("its folder " + folder + " cannot be used: " + e.getMessage());
        }
    }

    private static NewerMySql inLocked(Path folder, Path system, Instant deadline) throws IOException {
        Path failure = folder.resolve("failed");
        if (Files.exists(failure)) {
            Duration since = Duration.between(Files.getLastModifiedTime(failure).toInstant(), Instant.now());
            if (since.toMinutes() < MINUTES_AFTER_FAILURE) {
                return none(Files.readString(failure));
            }
        }
        try {
            Path home = Folders.once(folder.resolve("root"), tree -> download(tree, system, deadline));
            DebianMySql mysql = DebianMySql.in(home, left(deadline));
            // Shows that it runs.
            new MySqlBinaries(mysql, step -> {}).initialized();
            Files.deleteIfExists(failure);
            return new NewerMySql(Optional.of(mysql), mysql.name());
        } catch (MySqlFailed | IOException | UncheckedIOException e) {
            String reason = e.getMessage();
            Files.writeString(failure, reason);
            return none(reason);
        }
    }

    private static void download(Path tree, Path system, Instant deadline) throws IOException {
        Path work = Files.createTempDirectory(tree.getParent(), "apt-");
        try {
            new DebianPackages(mirror(system), RELEASE).unpack(DebianMySql.PACKAGE, work, tree, () -> left(deadline));
        } finally {
            Folders.delete(work);
        }
    }

    private static DebianMirror mirror(Path system) throws IOException {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!machine.equals("Linux amd64")) {
            throw new MySqlFailed("this is " + machine + " and no Linux amd64");
        }
        Properties release = new Properties();
        if (Files.exists(system.resolve("os-release"))) {
            try (var file = Files.newBufferedReader(system.resolve("os-release"))) {
                release.load(file);
            }
        }
        if (!"debian".equals(release.getProperty("ID"))) {
            throw new MySqlFailed("this is no Debian");
        }
        String codename = release.getProperty("VERSION_CODENAME", RELEASE);
        return DebianMirror.of(system.resolve("apt"), codename)
                .orElseThrow(() -> new MySqlFailed("no source of apt has Debian " + codename));
    }

    private static Duration left(Instant deadline) {
        Duration left = Duration.between(Instant.now(), deadline);
        if (left.isNegative()) {
            throw new MySqlFailed("its download took too long");
        }
        return left;
    }

    private static NewerMySql none(String reason) {
        return new NewerMySql(Optional.empty(), "there is no newer MySQL here: " + reason);
    }

    private static NewerMySql told(NewerMySql found) {
        System.out.println(
                found.isThere() ? "Tests on a newer MySQL run on " + found.about : "Skipped, as " + found.about);
        return found;
    }
}
