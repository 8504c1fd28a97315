package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.Test;

class ServerIdInUseTest {

    /** What the rule about the younger one rests on. */
    @Test
    void mySqlEndsTheOlderOfTwoReadersWithOneServerIdAndSaysWhy() throws Exception {
        try (MySqlServer mysql = new MySqlServer().start()) {
            List<String> failures = new CopyOnWriteArrayList<>();
            BinaryLogClient older = client(mysql, failures);
            BinaryLogClient younger = client(mysql, new CopyOnWriteArrayList<>());
            older.connect(TimeUnit.SECONDS.toMillis(20));
            younger.connect(TimeUnit.SECONDS.toMillis(20));

            await().untilAsserted(() -> assertThat(failures).anyMatch(ServerIdInUse::says));
            assertThat(younger.isConnected()).isTrue();
            younger.disconnect();
        }
    }

    @Test
    void newerVersionsSayReplicaAndOtherMessagesSaySomethingElse() {
        assertThat(ServerIdInUse.says(
                        "A replica with the same server_uuid/server_id as this replica has connected to the"
                                + " source; the first event '' at 4, the last event read from './b.000003' at 1"))
                .isTrue();
        assertThat(ServerIdInUse.says("Could not find first log file name in binary log index file"))
                .isFalse();
        assertThat(ServerIdInUse.says(null)).isFalse();
    }

    private static BinaryLogClient client(MySqlServer mysql, List<String> failures) {
        BinaryLogClient client = new BinaryLogClient(mysql.host(), mysql.port(), mysql.user(), mysql.password());
        client.setServerId(77);
        client.setKeepAlive(false);
        client.registerLifecycleListener(new BinaryLogClient.AbstractLifecycleListener() {
            @Override
            public void onCommunicationFailure(BinaryLogClient its, Exception failure) {
                failures.add(failure.getMessage());
            }
        });
        return client;
    }
}
