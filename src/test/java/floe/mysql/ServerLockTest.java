package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServerLockTest {

    private static MySqlServer mysql;

    @BeforeAll
    static void start() {
        mysql = new MySqlServer().start();
    }

    @AfterAll
    static void close() {
        mysql.close();
    }

    @Test
    void oneConnectionHasSeveralAndTheOthersLearnWhichOneItIs() throws SQLException {
        try (Connection first = mysql.captureConnection();
                Connection second = mysql.captureConnection()) {
            assertThat(ServerLock.take(first, "a")).isEmpty();
            assertThat(ServerLock.take(first, "b")).isEmpty();

            assertThat(ServerLock.take(second, "a")).hasValueSatisfying(holder -> assertThat(holder.toString())
                    .matches("connection " + mysql.value("SELECT IS_USED_LOCK('a')") + " of user floe from \\S+"));
            assertThat(ServerLock.holds(first, "a")).isTrue();
            assertThat(ServerLock.holds(second, "a")).isFalse();
        }
    }

    @Test
    void whatIsReleasedIsFreeAtOnce() throws SQLException {
        try (Connection first = mysql.captureConnection();
                Connection second = mysql.captureConnection()) {
            ServerLock.take(first, "d");
            ServerLock.take(first, "e");

            ServerLock.releaseAll(first);

            assertThat(ServerLock.take(second, "d")).isEmpty();
            assertThat(ServerLock.take(second, "e")).isEmpty();
        }
    }

    @Test
    void aHolderThatIsSilentForTooLongLosesIt() throws SQLException {
        try (Connection first = mysql.captureConnection();
                Connection second = mysql.captureConnection()) {
            ServerLock.endAfter(first, Duration.ofSeconds(1));
            ServerLock.take(first, "c");

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(ServerLock.take(second, "c"))
                    .isEmpty());
        }
    }
}
