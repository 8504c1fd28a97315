package floe.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import local.http.RequestFault;
import local.s3.S3Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

class SpoolTest {

    private S3Server s3;
    private S3Client oneConnection;

    @BeforeEach
    void start() throws Exception {
        s3 = S3Server.start();
        s3.createBucket("floe");
        oneConnection = S3Server.clientBuilder(s3.endpoint())
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(1))
                .build();
    }

    @AfterEach
    void stop() {
        oneConnection.close();
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Spool.MEMORY_BYTES - 1, Spool.MEMORY_BYTES, Spool.MEMORY_BYTES + 1, 5_000_000})
    void anObjectIsReadWholeAndItsConnectionIsFree(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        put(content);

        try (InputStream first = Spool.read(get(), () -> {});
                InputStream second = Spool.read(get(), () -> {})) {
            assertThat(second.readAllBytes()).isEqualTo(content);
            assertThat(first.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void nothingStaysOnTheDisk() throws IOException {
        put(new byte[2 * Spool.MEMORY_BYTES]);

        try (InputStream spooled = Spool.read(get(), () -> {})) {
            assertThat(spooled.read()).isZero();
            assertThat(files()).isZero();
        }
    }

    @Test
    void aTransferThatBreaksOffIsAFailureAndItsConnectionIsFree() throws IOException {
        put(new byte[2 * Spool.MEMORY_BYTES]);
        s3.faults().failNextRequests(RequestFault.CUT_SHORT, 1);

        assertThatThrownBy(() -> Spool.read(get(), () -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Premature end");

        assertThat(files()).isZero();
        try (InputStream again = Spool.read(get(), () -> {})) {
            assertThat(again.readAllBytes()).hasSize(2 * Spool.MEMORY_BYTES);
        }
    }

    @Test
    void whoeverIsToldMayEndIt() throws IOException {
        put(new byte[2 * Spool.MEMORY_BYTES]);
        Runnable stopped = () -> {
            throw new IllegalStateException("stopped");
        };

        assertThatThrownBy(() -> Spool.read(get(), stopped)).hasMessage("stopped");

        try (InputStream again = Spool.read(get(), () -> {})) {
            assertThat(again).isNotEmpty();
        }
    }

    private InputStream get() {
        return oneConnection.getObject(request -> request.bucket("floe").key("a"));
    }

    private void put(byte[] content) {
        s3.client().putObject(request -> request.bucket("floe").key("a"), RequestBody.fromBytes(content));
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".staged"))
                    .count();
        }
    }
}
