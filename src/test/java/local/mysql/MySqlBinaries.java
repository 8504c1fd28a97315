package local.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes servers of an installation: their data directories, and the commands that run them. */
record MySqlBinaries(Installation installation, Consumer<String> progress) {

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
        ProcessBuilder mysqld = installation.mysqld().redirectErrorStream(true);
        List<String> command = mysqld.command();
        command.add("--datadir=" + dataDirectory);
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        installation
                .options(options)
                .forEach((name, value) -> command.add("--" + name + (value.isEmpty() ? "" : "=" + value)));
        return mysqld;
    }

    /** The empty data directory that others are copied from; made once, under another name until it is complete. */
    Path initialized() {
        synchronized (MySqlBinaries.class) {
            return Folders.once(installation.emptyData(), folder -> {
                progress.accept("Initializing a data directory");
                ProcessBuilder mysqld = mysqld(folder, RdsParameters.asOptions());
                mysqld.command().addAll(List.of("--skip-log-bin", "--initialize-insecure"));
                Commands.run(mysqld);
                Files.deleteIfExists(folder.resolve("auto.cnf"));
            });
        }
    }
}
