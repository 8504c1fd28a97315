package local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import local.http.AwsClients;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

class CountingKinesisTest {

    @Test
    void recordsOfTheSdkAreCountedAndShown() throws IOException {
        Queue<String> shown = new ConcurrentLinkedQueue<>();
        List<String> sent = new ArrayList<>();
        for (int rows : new int[] {1, 3, 100, 2_000}) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            StagedEvents.PLAIN.write(lines, rows, rows);
            sent.add(lines.toString(StandardCharsets.UTF_8));
        }
        try (CountingKinesis kinesis = new CountingKinesis(
                        Duration.ZERO,
                        (data, from, length) -> shown.add(new String(data, from, length, StandardCharsets.UTF_8)));
                KinesisClient client = AwsClients.at(kinesis.endpoint(), KinesisClient.builder())
                        .build()) {

            PutRecordsResponse answer = client.putRecords(request -> request.streamName("changes")
                    .records(sent.stream()
                            .map(lines -> PutRecordsRequestEntry.builder()
                                    // A text as long as a key may be, with what CBOR uses for its own.
                                    .partitionKey("k\u00ff".repeat(100))
                                    .explicitHashKey("0")
                                    .data(SdkBytes.fromUtf8String(lines))
                                    .build())
                            .toList()));

            assertThat(answer.failedRecordCount()).isZero();
            assertThat(answer.records()).hasSize(4);
            assertThat(shown).containsExactlyElementsOf(sent);
            assertThat(kinesis.calls()).isEqualTo(1);
            assertThat(kinesis.records()).isEqualTo(4);
            assertThat(kinesis.rows()).isEqualTo(2_104);
            assertThat(kinesis.bytes())
                    .isEqualTo(sent.stream()
                            .mapToLong(lines -> lines.getBytes(StandardCharsets.UTF_8).length)
                            .sum());
        }
    }

    @Test
    void bodyThatIsCutShortIsNotCounted() {
        byte[] cut = {(byte) 0xbf, 0x64, 'D', 'a', 't', 'a', 0x45, 'a', 'b'};

        assertThatThrownBy(() -> PutBody.forEach(cut, cut.length, (data, from, length) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("No end of text or data at byte 6");
    }
}
