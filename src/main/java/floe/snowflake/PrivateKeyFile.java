package floe.snowflake;

import floe.settings.WrongSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The file with the private key that logs in: an RSA key of at least 2,048 bits in PEM form, PKCS#8 or, without a
 * passphrase, PKCS#1. The driver says of all others that the key is invalid, or fails without a word. What is not
 * certainly wrong is left to it.
 */
final class PrivateKeyFile {

    private static final String KEY = "snowflake.private-key-file";
    private static final String PASSPHRASE = "snowflake.private-key-password";
    private static final String CONVERT = "; openssl pkcs8 -topk8 -in <file> -out <new file> makes it one";

    private static final int LEAST_BITS = 2_048;

    /** The first object counts: the driver reads no other. */
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([^-]*)-----");

    /** DER: a SEQUENCE. */
    private static final int SEQUENCE = 0x30;

    private final String path;
    private final Optional<String> passphrase;

    private PrivateKeyFile(String path, Optional<String> passphrase) {
        this.path = path;
        this.passphrase = passphrase;
    }

    /**
     * Reads it.
     *
     * @param passphrase empty if none is set
     * @throws WrongSetting if the driver could not log in with it; says which kind of file it is, and nothing of what
     *     it holds
     */
    static void check(String path, Optional<String> passphrase) {
        new PrivateKeyFile(path, passphrase).check();
    }

    private void check() {
        byte[] content;
        try {
            content = Files.readAllBytes(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.isBlank()) {
            throw wrong("it is empty");
        }
        if (text.indexOf('\0') >= 0 && text.replace("\0", "").contains("-----BEGIN")) {
            throw wrong("it is text of two bytes a character (UTF-16); store it as ASCII");
        }
        Matcher begin = BEGIN.matcher(text);
        if (!begin.find()) {
            throw (content[0] & 0xff) == SEQUENCE
                    ? wrongDer(content)
                    : wrong("it lacks the line -----BEGIN PRIVATE KEY-----");
        }
        if (text.startsWith("\u00ef\u00bb\u00bf")) {
            throw wrong("it begins with a byte order mark; store it without one, as ASCII");
        }
        checkPem(begin.group(1), text.substring(begin.end()));
    }

    private WrongSetting wrongDer(byte[] content) {
        boolean publicKey = isKey(() -> KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(content)));
        return publicKey
                ? wrong("it is a public key, in DER form")
                : wrong(
                        "it is in DER form; openssl pkcs8 -topk8 -inform DER -in <file> -out <new file> makes it one, with"
                                + " -nocrypt if it has no passphrase");
    }

    private void checkPem(String label, String rest) {
        switch (label) {
            case "PRIVATE KEY" -> checkKey(der(label, rest));
            case "ENCRYPTED PRIVATE KEY" -> {
                byte[] der = der(label, rest);
                String secret = passphrase.orElseThrow(() -> new WrongSetting(
                        PASSPHRASE,
                        "",
                        "the passphrase of " + path + ", which is encrypted, or " + PASSPHRASE
                                + "-file a file with it"));
                decrypted(der, secret).ifPresent(this::checkKey);
            }
            case "RSA PRIVATE KEY" -> {
                if (rest.contains("Proc-Type: 4,ENCRYPTED")) {
                    throw wrong("it is encrypted PKCS#1" + CONVERT);
                }
                der(label, rest);
            }
            case "EC PRIVATE KEY", "EC PARAMETERS" -> throw wrong("it is a key for EC");
            case "DSA PRIVATE KEY", "DSA PARAMETERS" -> throw wrong("it is a key for DSA");
            case "OPENSSH PRIVATE KEY" ->
                throw wrong("it is in the form of OpenSSH; ssh-keygen -p -m PKCS8 -f <file> makes it one");
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> throw wrong("it is a public key");
            case "CERTIFICATE" -> throw wrong("it begins with a certificate; the key must be first, or alone");
            default -> throw wrong("it begins with a " + label);
        }
    }

    /** The bytes of a PEM object. */
    private byte[] der(String label, String rest) {
        int end = rest.indexOf("-----END " + label + "-----");
        if (end < 0) {
            throw wrong("it is cut off: the line -----END " + label + "----- is missing");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(rest.substring(0, end));
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
        if (!isWhole(der)) {
            throw damaged();
        }
        return der;
    }

    private WrongSetting damaged() {
        return wrong("it is damaged or cut off between its first and its last line");
    }

    /** Whether a SEQUENCE is as long as it says. */
    private static boolean isWhole(byte[] der) {
        if (der.length < 2 || (der[0] & 0xff) != SEQUENCE) {
            return false;
        }
        int first = der[1] & 0xff;
        int more = first < 0x80 ? 0 : first - 0x80;
        if (more > 3 || der.length < 2 + more) {
            return false;
        }
        int length = more == 0 ? first : 0;
        for (int i = 0; i < more; i++) {
            length = (length << 8) | (der[2 + i] & 0xff);
        }
        return der.length == 2 + more + length;
    }

    /** What is encrypted; nothing if the driver knows the cipher alone. */
    private Optional<byte[]> decrypted(byte[] der, String secret) {
        try {
            var info = new EncryptedPrivateKeyInfo(der);
            // Of PBES2 the parameters name the algorithm, not the identifier.
            String algorithm = info.getAlgParameters() != null
                            && info.getAlgParameters().toString().startsWith("PBE")
                    ? info.getAlgParameters().toString()
                    : info.getAlgName();
            var key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(secret.toCharArray()));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            byte[] plain = cipher.doFinal(info.getEncryptedData());
            if (!isWhole(plain)) {
                throw wrongPassphrase();
            }
            return Optional.of(plain);
        } catch (BadPaddingException e) {
            throw wrongPassphrase();
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private WrongSetting wrongPassphrase() {
        return new WrongSetting(PASSPHRASE, "(not shown)", "the passphrase of " + path + ", which it does not open");
    }

    private void checkKey(byte[] pkcs8) {
        var spec = new PKCS8EncodedKeySpec(pkcs8);
        try {
            RSAKey key = (RSAKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
            if (key.getModulus().bitLength() < LEAST_BITS) {
                throw wrong("it has " + key.getModulus().bitLength() + " bits, and Snowflake takes none below "
                        + LEAST_BITS);
            }
        } catch (GeneralSecurityException e) {
            for (String other : new String[] {"EC", "DSA", "Ed25519", "RSASSA-PSS"}) {
                if (isKey(() -> KeyFactory.getInstance(other).generatePrivate(spec))) {
                    throw wrong("it is a key for " + other);
                }
            }
            throw damaged();
        }
    }

    private interface Reading {
        Object key() throws GeneralSecurityException;
    }

    private static boolean isKey(Reading reading) {
        try {
            return reading.key() != null;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private WrongSetting wrong(String what) {
        return new WrongSetting(KEY, path, "an RSA private key in PEM form, PKCS#8; " + what);
    }
}
