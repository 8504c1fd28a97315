package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import local.FloeProcess;
import local.LocalWorld;
import local.http.ForwardProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application where AWS and Snowflake are behind a proxy, with the options of docs/container.md. */
class ProxyIT {

    @TempDir
    Path folder;

    @Test
    void allThatIsHttpGoesThroughTheProxyAndMySqlDoesNot() throws Exception {
        try (LocalWorld world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
                ForwardProxy proxy = ForwardProxy.start()) {
            world.mysql()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.people (id int PRIMARY KEY, name varchar(40))",
                            "INSERT INTO shop.people VALUES (1, 'Ann')");
            try (FloeProcess floe = new FloeProcess(
                    folder,
                    world.settings("shop.*", folder.resolve("state")),
                    "-Dhttp.proxyHost=127.0.0.1",
                    "-Dhttp.proxyPort=" + proxy.port(),
                    "-Dhttps.proxyHost=127.0.0.1",
                    "-Dhttps.proxyPort=" + proxy.port(),
                    "-Dhttp.useProxy=true",
                    // Here all is on this host, which is left out by default.
                    "-Dhttp.nonProxyHosts=nobody")) {
                floe.run("setup", "--execute");
                floe.start();

                await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                                world.snowflake().query("SELECT NAME FROM CDC_DESTINATION.PUBLIC.PEOPLE"))
                        .hasToString("[{NAME=Ann}]"));
                assertThat(floe.isReady()).isTrue();
                assertThat(proxy.reached())
                        .contains(
                                world.snowflake().port(),
                                world.s3().endpoint().getPort(),
                                world.kinesis().endpoint().getPort())
                        .doesNotContain(world.mysql().port());
            }
        }
    }
}
