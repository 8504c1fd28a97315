package floe.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import floe.change.Digest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Keys of objects, which may hold any characters, and be as long as S3 allows. */
public final class ObjectKey {

    /**
     * The longest key, in bytes of UTF-8.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming Amazon S3 objects</a>
     */
    static final int MOST_BYTES = 1_024;

    /** Of 64: enough to tell names apart. */
    private static final int HASH_DIGITS = 32;

    private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\\\]");

    private ObjectKey() {}

    /** A key for people: what would break or hide the line that it stands in is written as in Java, backslashes too. */
    public static String shown(String key) {
        return NOT_SHOWN
                .matcher(key)
                .replaceAll(sign -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) sign.group().charAt(0)));
    }

    /**
     * The key of these three, one behind the other. Where that is longer than S3 allows, the end of {@code name} gives way to a
     * hash of it: the same name has the same key each time, and no two names share one.
     */
    public static String of(String prefix, String name, String ending) {
        String key = prefix + name + ending;
        if (bytes(key) <= MOST_BYTES) {
            return key;
        }
        String hash = "~" + Digest.of(name).substring(0, HASH_DIGITS);
        return prefix + cut(name, MOST_BYTES - bytes(prefix + hash + ending)) + hash + ending;
    }

    /** As much of the text, from its beginning, as has whole characters in so many bytes. */
    private static String cut(String text, int bytes) {
        CharBuffer characters = CharBuffer.wrap(text);
        UTF_8.newEncoder().encode(characters, ByteBuffer.allocate(Math.max(0, bytes)), true);
        return text.substring(0, characters.position());
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
