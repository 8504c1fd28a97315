package local.runner;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

@Command(
        name = "mysql",
        version = "MySQL 8.0.12",
        description = "A real MySQL 8.0 with the settings that Floe asks of RDS.")
final class MySql extends StandIn {

    @Option(names = "--port", description = "port of the loopback address; 0 takes a free one", defaultValue = "3307")
    private int port;

    @Option(
            names = "--password",
            description = "password of both users; a generated one if not given",
            showDefaultValue = Visibility.NEVER)
    private Optional<String> password = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "keeps the data here for the next time; without it, the data goes with the server",
            showDefaultValue = Visibility.NEVER)
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "adds or overrides an option of mysqld, such as --set binlog_format=STATEMENT")
    private Map<String, String> options = Map.of();

    @Override
    AutoCloseable start() {
        MySqlServer mysql = new MySqlServer(settings()).start();
        tell(
                """
                    MySQL %s runs on %s:%d
                      for capture   user %s, password %s
                      for yourself  user %s, password %s
                      connect       mysql --host=%s --port=%d --user=%s --password=%s
                      JDBC          %s
                    Ctrl+C ends it%s.
                    """,
                mysql.value("SELECT VERSION()"),
                mysql.host(),
                mysql.port(),
                mysql.user(),
                mysql.password(),
                mysql.adminUser(),
                mysql.password(),
                mysql.host(),
                mysql.port(),
                mysql.adminUser(),
                mysql.password(),
                mysql.jdbcUrl(),
                data.map(directory -> " and keeps its data in " + directory).orElse(" and deletes its data"));
        return mysql;
    }

    @Override
    void awaitEnd(AutoCloseable running) throws InterruptedException {
        ((MySqlServer) running).awaitEnd();
    }

    private MySqlSettings settings() {
        MySqlSettings settings = MySqlSettings.defaults().withProgress(step -> tell("%s%n", step));
        settings = port == 0 ? settings : settings.withPort(port);
        settings = password.map(settings::withPassword).orElse(settings);
        settings = data.map(settings::withDataDirectory).orElse(settings);
        for (Map.Entry<String, String> option : options.entrySet()) {
            settings = settings.withOption(option.getKey(), option.getValue());
        }
        return settings;
    }
}
