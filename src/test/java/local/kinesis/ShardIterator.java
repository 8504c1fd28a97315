package local.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a reader stands in a shard; opaque to it. */
record ShardIterator(String stream, String shardId, int position) {
    private static final Pattern PLAIN = Pattern.compile("([^/]+)/([^/]+)/(\\d{1,9})");

    String encode() {
        String plain = stream + "/" + shardId + "/" + position;
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static ShardIterator decode(String iterator) {
        try {
            Matcher plain = PLAIN.matcher(new String(Base64.getDecoder().decode(iterator), StandardCharsets.UTF_8));
            if (plain.matches()) {
                return new ShardIterator(plain.group(1), plain.group(2), Integer.parseInt(plain.group(3)));
            }
        } catch (IllegalArgumentException noBase64) {
            throw invalid();
        }
        throw invalid();
    }

    private static ServiceException invalid() {
        return ServiceException.invalidArgument("Invalid ShardIterator.");
    }

    ShardIterator at(int newPosition) {
        return new ShardIterator(stream, shardId, newPosition);
    }
}
