package local.kinesis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The forms in which the service takes requests and gives answers.
 *
 * <p>They differ in blobs (base64 text; byte strings) and in timestamps (seconds with a fraction; tag 1 around
 * milliseconds, which is what the AWS SDKs write and read).
 */
final class Protocol {
    private static final List<Protocol> ALL = List.of(
            new Protocol("application/x-amz-json-1.1", new JsonFactory()),
            new Protocol("application/x-amz-cbor-1.1", new CBORFactory()));
    private static final int EPOCH_TAG = 1;

    private final String contentType;
    private final ObjectMapper mapper;

    private Protocol(String contentType, JsonFactory format) {
        this.contentType = contentType;
        this.mapper = new ObjectMapper(format)
                .registerModule(new SimpleModule().addSerializer(Instant.class, new TimestampSerializer()));
    }

    /** The protocol of a {@code Content-Type} header, which may be null or carry parameters. */
    static Optional<Protocol> of(String contentType) {
        return ALL.stream()
                .filter(protocol -> contentType != null && contentType.startsWith(protocol.contentType))
                .findFirst();
    }

    String contentType() {
        return contentType;
    }

    /** Parses a request; one that is no object is a {@code SerializationException}. */
    JsonNode read(byte[] body) {
        try {
            JsonNode request = mapper.readTree(body);
            if (request.isObject()) {
                return request;
            }
        } catch (IOException unreadable) {
            throw ServiceException.serialization(unreadable);
        }
        throw ServiceException.serialization(null);
    }

    /** Writes an answer; its timestamps are {@link Instant} nodes. */
    byte[] write(JsonNode answer) {
        try {
            return mapper.writeValueAsBytes(answer);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class TimestampSerializer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        TimestampSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant timestamp, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            if (generator instanceof CBORGenerator cbor) {
                cbor.writeTag(EPOCH_TAG);
                cbor.writeNumber(timestamp.toEpochMilli());
            } else {
                generator.writeNumber(BigDecimal.valueOf(timestamp.toEpochMilli(), 3));
            }
        }
    }
}
