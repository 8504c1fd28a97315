package floe.capture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.TablePatterns;
import floe.mysql.MySqlConnection;
import floe.mysql.MySqlTls;
import floe.mysql.TableRules;
import floe.state.CaptureState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SameServerTest {

    private final MySqlServer mysql = new MySqlServer().start();

    @AfterEach
    void close() {
        mysql.close();
    }

    @Test
    void aFailoverWhileTheEngineConnectedIsNoticedWithTheFirstBatch() {
        SameServer sameServer =
                new SameServer(settings(), CaptureState.initial("the one before", "mysql-bin-changelog"));

        assertThatThrownBy(sameServer::check)
                .hasMessageContaining("changed from the one before to " + mysql.value("SELECT @@server_uuid"));
    }

    @Test
    void itAsksWithTheFirstBatchAndThenNoMore() {
        SameServer sameServer = new SameServer(
                settings(), CaptureState.initial(mysql.value("SELECT @@server_uuid"), "mysql-bin-changelog"));
        sameServer.check();
        mysql.kill();

        assertThatCode(sameServer::check).doesNotThrowAnyException();
    }

    @Test
    void aServerThatDoesNotAnswerEndsTheReading() {
        SameServer sameServer = new SameServer(
                settings(), CaptureState.initial(mysql.value("SELECT @@server_uuid"), "mysql-bin-changelog"));
        mysql.kill();

        assertThatThrownBy(sameServer::check).isInstanceOf(CaptureFailed.class).hasMessageContaining("does not answer");
    }

    private CaptureSettings settings() {
        return new CaptureSettings(
                new MySqlConnection(
                        mysql.host(),
                        mysql.port(),
                        mysql.user(),
                        mysql.password(),
                        new MySqlTls(MySqlTls.Mode.PREFERRED, Optional.empty())),
                1,
                "changes",
                TablePatterns.parse("shop.items"),
                TableRules.NONE,
                Path.of("unused"),
                1 << 25,
                SnapshotSettings.NONE,
                CaptureSettings.OnLostPosition.STOP,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }
}
