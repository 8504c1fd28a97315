package local.mysql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mysqld of Debian's package {@code mysql-server-core}, run by the dynamic loader and with the libraries of the
 * release that it was built for, whatever the machine has.
 *
 * @param version as Debian says it, such as 9.7.4-2
 * @param home the tree that the packages were unpacked into
 */
record DebianMySql(String version, Path home) implements Installation {

    static final String PACKAGE = "mysql-server-core";

    private static final Pattern VERSION = Pattern.compile("Ver (\\S+)");

    /**
     * The one in an unpacked tree, which it asks for its version.
     *
     * @throws MySqlFailed if it does not run
     */
    static DebianMySql in(Path home, Duration atMost) {
        DebianMySql unknown = new DebianMySql("", home);
        ProcessBuilder mysqld = unknown.mysqld();
        mysqld.command().add("--version");
        String printed = Commands.run(mysqld, atMost);
        Matcher version = VERSION.matcher(printed);
        if (!version.find()) {
            throw new MySqlFailed("mysqld --version printed " + printed.strip());
        }
        return new DebianMySql(version.group(1), home);
    }

    @Override
    public String name() {
        return "MySQL " + version;
    }

    @Override
    public ProcessBuilder mysqld() {
        Path share = home.resolve("usr/share/mysql");
        return new ProcessBuilder(
                home.resolve("usr/lib64/ld-linux-x86-64.so.2").toString(),
                "--library-path",
                home.resolve("usr/lib/x86_64-linux-gnu") + ":" + home.resolve("lib/x86_64-linux-gnu"),
                home.resolve("usr/sbin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + home.resolve("usr"),
                "--lc-messages-dir=" + share,
                "--character-sets-dir=" + share.resolve("charsets"),
                "--plugin-dir=" + home.resolve("usr/lib/mysql/plugin"),
                // A folder of Debian's that is not there.
                "--secure-file-priv=NULL");
    }

    @Override
    public Map<String, String> options(Map<String, String> asked) {
        Map<String, String> options = new LinkedHashMap<>(asked);
        // Gone since 8.4 and 9.0.
        options.remove("default_authentication_plugin");
        options.remove("innodb_log_file_size");
        options.putIfAbsent("innodb_redo_log_capacity", "16M");
        return options;
    }

    @Override
    public String passwordPlugin() {
        return "caching_sha2_password";
    }

    @Override
    public Path emptyData() {
        return home.resolveSibling("empty-data");
    }
}
