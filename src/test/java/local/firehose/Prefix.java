package local.firehose;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prefixes with expressions: "Understand custom prefixes for Amazon S3 objects" in the Firehose developer guide. */
final class Prefix {
    private static final Pattern TIME = Pattern.compile("!\\{timestamp:([^}]*)}");
    private static final Pattern KEY = Pattern.compile("!\\{partitionKeyFromQuery:(\\w+)}");
    private static final String DEFAULT_TIME = "yyyy/MM/dd/HH/";

    private Prefix() {}

    /** The prefix for these partition keys; the time is left as an expression. */
    static String withKeys(String prefix, Map<String, String> keys) {
        return KEY.matcher(prefix).replaceAll(key -> Matcher.quoteReplacement(keys.get(key.group(1))));
    }

    /** The prefix for an object whose oldest record arrived then; without a time of its own it gets one at its end. */
    static String withTime(String prefix, Instant oldest) {
        return TIME.matcher(prefix).find()
                ? TIME.matcher(prefix).replaceAll(time -> Matcher.quoteReplacement(utc(time.group(1), oldest)))
                : prefix + utc(DEFAULT_TIME, oldest);
    }

    static String utc(String pattern, Instant time) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(time);
    }
}
