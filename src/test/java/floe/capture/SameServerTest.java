package floe.capture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.TableId;
import floe.debezium.Records;
import floe.mysql.MySqlTls;
import floe.state.CaptureState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

        assertThatThrownBy(() -> sameServer.check(List.of(Records.heartbeat(4))))
                .hasMessageContaining("changed from the one before to " + mysql.value("SELECT @@server_uuid"));
    }

    @Test
    void itAsksAgainForTheFirstChangeFromTheBinlogAndThenNoMore() {
        SameServer sameServer = new SameServer(
                settings(), CaptureState.initial(mysql.value("SELECT @@server_uuid"), "mysql-bin-changelog"));
        sameServer.check(List.of(Records.snapshotRow(4)));
        mysql.kill();

        assertThatCode(() -> sameServer.check(List.of(Records.snapshotRow(4)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> sameServer.check(List.of(Records.row("c", 90, 0))))
                .hasMessageContaining("does not answer");
    }

    private CaptureSettings settings() {
        return new CaptureSettings(
                mysql.host(),
                mysql.port(),
                mysql.user(),
                mysql.password(),
                new MySqlTls(MySqlTls.Mode.PREFERRED, Optional.empty()),
                1,
                "changes",
                Set.of(new TableId("shop", "items")),
                Path.of("unused"),
                "none",
                CaptureSettings.OnLostPosition.STOP,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }
}
