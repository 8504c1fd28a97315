package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinlogResetTest {

    private static MySqlServer mysql;

    private final BinlogReset reset = new BinlogReset();

    @BeforeAll
    static void start() {
        mysql = new MySqlServer().start();
        mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.items (id INT AUTO_INCREMENT PRIMARY KEY, a TEXT)");
    }

    @AfterAll
    static void close() {
        mysql.close();
    }

    @BeforeEach
    void writeSome() {
        mysql.execute("RESET MASTER");
        insert(3, 10);
    }

    @Test
    void aBinlogThatGrowsIsTheSame() throws Exception {
        assertThat(since()).isEmpty();
        assertThat(since()).isEmpty();

        insert(3, 10);
        assertThat(since()).isEmpty();

        mysql.rotateBinlog();
        assertThat(since()).isEmpty();
    }

    @Test
    void oneThatEndsEarlierIsAnother() throws Exception {
        mysql.rotateBinlog();
        since();

        mysql.execute("RESET MASTER");
        // As many transactions as before, and more: where it ends alone tells.
        insert(5, 10);

        assertThat(since()).hasValueSatisfying(why -> assertThat(why)
                .contains("RESET MASTER")
                .containsPattern("was at \\S+\\.000002 \\d+ and is at \\S+\\.000001 \\d+"));
        assertThat(since()).isEmpty();
    }

    @Test
    void oneOfFewerTransactionsIsAnother() throws Exception {
        since();

        mysql.execute("RESET MASTER");
        // It ends later than before.
        insert(1, 60_000);

        assertThat(since()).isPresent();
    }

    @Test
    void anotherServerHasBegunNothingAnew() throws Exception {
        since();

        try (MySqlServer other = new MySqlServer().start();
                Connection connection = other.connection()) {
            assertThat(reset.since(connection)).isEmpty();
        }
    }

    private Optional<String> since() throws SQLException {
        try (Connection connection = mysql.connection()) {
            return reset.since(connection);
        }
    }

    private static void insert(int transactions, int bytes) {
        for (int i = 0; i < transactions; i++) {
            mysql.execute("INSERT INTO shop.items (a) VALUES (REPEAT('x', " + bytes + "))");
        }
    }
}
