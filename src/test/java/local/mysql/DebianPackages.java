package local.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Packages of a Debian release that is not the machine's own, downloaded and unpacked beside it.
 *
 * <p>apt is told to have a folder of its own for everything, and that nothing is installed: so it needs no root, touches
 * nothing of the machine, and downloads all that a package depends on.
 */
record DebianPackages(DebianMirror mirror, String release) {

    private static final String CONFIGURATION =
            """
            Dir::Etc::SourceList "%1$s/sources.list";
            Dir::Etc::SourceParts "%1$s/none";
            Dir::Etc::Preferences "%1$s/preferences";
            Dir::Etc::PreferencesParts "%1$s/none";
            Dir::State::Lists "%1$s/lists";
            Dir::State::Status "%1$s/status";
            Dir::State::extended_states "%1$s/extended_states";
            Dir::Cache "%1$s/cache";
            Debug::NoLocking "true";
            APT::Sandbox::User "";
            APT::Install-Recommends "false";
            Acquire::Languages "none";
            Acquire::Retries "1";
            Acquire::http::Timeout "20";
            Acquire::https::Timeout "20";
            """;

    /**
     * Downloads a package and all that it depends on, and unpacks them into one tree.
     *
     * @param work an empty folder for apt
     * @param left the time that is left
     * @throws MySqlFailed if they cannot be had; the message has what apt says
     */
    void unpack(String name, Path work, Path tree, Supplier<Duration> left) throws IOException {
        for (String folder : List.of("none", "lists/partial", "cache/archives/partial")) {
            Files.createDirectories(work.resolve(folder));
        }
        Files.writeString(work.resolve("sources.list"), mirror.line(release) + "\n");
        Files.writeString(work.resolve("status"), "");
        Files.writeString(work.resolve("apt.conf"), CONFIGURATION.formatted(work));
        Commands.run(apt(work, "update"), left.get());
        Commands.run(apt(work, "--yes", "--download-only", "install", name), left.get());
        try (Stream<Path> packages = Files.list(work.resolve("cache/archives"))) {
            for (Path file : packages.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList()) {
                Commands.run(new ProcessBuilder("dpkg-deb", "-x", file.toString(), tree.toString()), left.get());
            }
        }
    }

    private static ProcessBuilder apt(Path work, String... arguments) {
        ProcessBuilder apt = new ProcessBuilder("apt-get", "--quiet=2", "--no-install-recommends");
        apt.command().addAll(List.of(arguments));
        apt.environment().put("APT_CONFIG", work.resolve("apt.conf").toString());
        apt.environment().put("LC_ALL", "C");
        return apt;
    }
}
