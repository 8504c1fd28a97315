package local.firehose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** An object as it goes to S3. */
final class StagedObject {
    private static final int DELIVERY_STREAM_VERSION = 1;
    private static final String SECOND = "yyyy-MM-dd-HH-mm-ss";

    private final String key;
    private final byte[] content;
    private final long records;

    /** @param records at least one, all of one prefix */
    StagedObject(String deliveryStream, Destination destination, List<BufferedRecord> records) {
        this.key = key(deliveryStream, destination, records.get(0).prefix(), oldest(records));
        this.content = content(destination, records);
        this.records = records.stream().filter(record -> !record.copy()).count();
    }

    private static Instant oldest(List<BufferedRecord> records) {
        return records.stream()
                .map(BufferedRecord::arrival)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Source: "Configure Amazon S3 object name format" in the Firehose developer guide. */
    private static String key(String deliveryStream, Destination destination, String prefix, Instant oldest) {
        return "%s%s-%d-%s-%s%s"
                .formatted(
                        Prefix.withTime(prefix, oldest),
                        deliveryStream,
                        DELIVERY_STREAM_VERSION,
                        Prefix.utc(SECOND, oldest),
                        UUID.randomUUID(),
                        destination.gzip() ? ".gz" : "");
    }

    private static byte[] content(Destination destination, List<BufferedRecord> records) {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = destination.gzip() ? new GZIPOutputStream(bytes) : bytes) {
            for (BufferedRecord buffered : records) {
                out.write(buffered.data().asByteArrayUnsafe());
                if (destination.appendDelimiter()) {
                    out.write('\n');
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    String key() {
        return key;
    }

    byte[] content() {
        return content;
    }

    /** How many records it holds that no other object brings. */
    long records() {
        return records;
    }
}
