package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.Test;

class SourceServerTest {

    @Test
    void serverIsKnownByItsUuidAndBinlog() throws SQLException {
        try (MySqlServer mysql = new MySqlServer().start();
                Connection connection = mysql.captureConnection()) {
            assertThat(SourceServer.read(connection))
                    .isEqualTo(new SourceServer(mysql.value("SELECT @@server_uuid"), "mysql-bin-changelog"));
        }
    }

    @Test
    void serverWithoutBinlogHasNoBaseName() throws SQLException {
        MySqlSettings settings = MySqlSettings.defaults().withOption("skip_log_bin", "");
        try (MySqlServer mysql = new MySqlServer(settings).start();
                Connection connection = mysql.captureConnection()) {
            assertThat(SourceServer.read(connection).binlogBaseName()).isEmpty();
        }
    }
}
