package local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import software.amazon.awssdk.core.SdkBytes;

/** A record that a caller asks to be stored; {@code explicitHashKey} is null where the partition key decides. */
record PutEntry(String partitionKey, BigInteger explicitHashKey, SdkBytes data) {
    private static final int MAX_PARTITION_KEY_CHARACTERS = 256;

    /** @param path where the entry stands in the request, in the service's words, such as {@code records.1.member.} */
    static PutEntry read(JsonNode node, String path) {
        String key = node.path("PartitionKey").asText("");
        int characters = key.codePointCount(0, key.length());
        if (characters < 1) {
            throw ServiceException.validation(
                    path + "partitionKey", "Member must have length greater than or equal to 1");
        }
        if (characters > MAX_PARTITION_KEY_CHARACTERS) {
            throw ServiceException.validation(
                    path + "partitionKey",
                    "Member must have length less than or equal to " + MAX_PARTITION_KEY_CHARACTERS);
        }
        if (!node.hasNonNull("Data")) {
            throw ServiceException.validation(path + "data", "Member must not be null");
        }
        return new PutEntry(key, explicitHashKey(node, path), data(node.get("Data")));
    }

    private static SdkBytes data(JsonNode blob) {
        try {
            return SdkBytes.fromByteArrayUnsafe(blob.binaryValue());
        } catch (IOException | IllegalArgumentException noBase64) {
            throw ServiceException.serialization(noBase64);
        }
    }

    private static BigInteger explicitHashKey(JsonNode node, String path) {
        if (!node.hasNonNull("ExplicitHashKey")) {
            return null;
        }
        String key = node.get("ExplicitHashKey").asText();
        if (!key.matches("0|([1-9]\\d{0,38})")) {
            throw ServiceException.validation(
                    path + "explicitHashKey", "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})");
        }
        return new BigInteger(key);
    }

    /** What counts against the limits: the bytes of the data and of the partition key. */
    int size() {
        return data.asByteArrayUnsafe().length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The explicit hash key, or else the MD5 of the partition key as a number of 128 bits. */
    BigInteger hashKey() {
        if (explicitHashKey != null) {
            return explicitHashKey;
        }
        try {
            byte[] key = partitionKey.getBytes(StandardCharsets.UTF_8);
            return new BigInteger(1, MessageDigest.getInstance("MD5").digest(key));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
