package local.snowflake.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import local.snowflake.values.Variant;

/** Who may log in: by password, or with a key pair. User names are folded to upper case. */
public final class Users {

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    private final AtomicLong tries = new AtomicLong();

    public Users() {}

    /** Lets {@code user} log in with {@code password}. */
    public Users password(String user, String password) {
        passwords.put(fold(user), password);
        return this;
    }

    /** Lets {@code user} log in with the private half of {@code key}, an RSA key. */
    public Users publicKey(String user, PublicKey key) {
        keys.put(fold(user), key);
        return this;
    }

    /** Forgets {@code user}. */
    public void remove(String user) {
        passwords.remove(fold(user));
        keys.remove(fold(user));
    }

    /** How often someone tried to log in. */
    public long tries() {
        return tries.get();
    }

    boolean knowsPassword(String user, String password) {
        tries.incrementAndGet();
        return password.equals(passwords.get(fold(user)));
    }

    /**
     * Whether {@code token} is a valid JWT of {@code user}: signed with RS256, not expired, issued by
     * ACCOUNT.USER.SHA256:fingerprint (Snowflake documentation, Key-pair authentication).
     */
    boolean acceptsToken(String user, String token) {
        tries.incrementAndGet();
        PublicKey key = keys.get(fold(user));
        List<String> parts = List.of(token.split("\\.", -1));
        if (key == null || parts.size() != 3) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
            JsonNode claims = Variant.of(new String(decoded(parts.get(1)), StandardCharsets.UTF_8))
                    .json();
            return signature.verify(decoded(parts.get(2)))
                    && claims.path("exp").asLong() > Instant.now().getEpochSecond()
                    && claims.path("sub").asText().endsWith("." + fold(user))
                    && claims.path("iss").asText().endsWith("." + fold(user) + "." + fingerprint(key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static String fingerprint(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return "SHA256:" + Base64.getEncoder().encodeToString(digest);
    }

    private static String fold(String user) {
        return user.toUpperCase(Locale.ROOT);
    }
}
