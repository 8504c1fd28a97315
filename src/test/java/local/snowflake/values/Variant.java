package local.snowflake.values;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/** A semi-structured value: JSON whose numbers keep every digit they were written with. */
public record Variant(JsonNode json) {

    /** The longest text that fits into a VARIANT (Snowflake documentation, Semi-structured data types). */
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** As PARSE_JSON reads it: duplicate names are refused, too. */
    public static Variant parse(String text) throws SnowflakeError {
        if (text.length() > MAX_LENGTH) {
            throw SnowflakeError.notJson("document is too large, max size " + MAX_LENGTH + " bytes");
        }
        try {
            return new Variant(JSON.reader()
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(text));
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
            throw SnowflakeError.notJson(e.getOriginalMessage() + ", pos " + at);
        }
    }

    /** Reads JSON that was already accepted once. */
    public static Variant of(String json) {
        try {
            return new Variant(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Variant text(String text) {
        return new Variant(JSON.getNodeFactory().textNode(text));
    }

    boolean isNull() {
        return json.isNull();
    }

    /** The JSON text. */
    @Override
    public String toString() {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
