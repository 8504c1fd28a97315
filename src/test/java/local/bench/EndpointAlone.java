package local.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import local.http.AwsClients;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** The SDK and the counting endpoint alone: puts the same records, made once, again and again. */
public final class EndpointAlone {

    private static final int RECORD_BYTES = 25_000;
    private static final int RECORDS_A_CALL = 64;

    private EndpointAlone() {}

    /**
     * Puts until so many changes of rows are stored, and prints the seconds it took from the second call on.
     *
     * @param arguments the endpoint; the number of changes
     */
    public static void main(String... arguments) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        int rows = 0;
        while (lines.size() < RECORD_BYTES) {
            StagedEvents.PLAIN.write(lines, rows++, 1);
        }
        List<PutRecordsRequestEntry> records = Collections.nCopies(
                RECORDS_A_CALL,
                PutRecordsRequestEntry.builder()
                        .partitionKey("0")
                        .data(SdkBytes.fromByteArrayUnsafe(lines.toByteArray()))
                        .build());
        try (KinesisClient kinesis =
                AwsClients.at(URI.create(arguments[0]), KinesisClient.builder()).build()) {
            put(kinesis, records);
            long began = System.nanoTime();
            for (long left = Long.parseLong(arguments[1]); left > 0; left -= (long) rows * RECORDS_A_CALL) {
                put(kinesis, records);
            }
            Limit.tell((System.nanoTime() - began) / 1e9);
        }
    }

    private static void put(KinesisClient kinesis, List<PutRecordsRequestEntry> records) {
        kinesis.putRecords(request -> request.streamName("changes").records(records));
    }
}
