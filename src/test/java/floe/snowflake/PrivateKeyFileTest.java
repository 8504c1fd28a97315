package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.settings.WrongSetting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import local.snowflake.SnowflakeServer;
import net.snowflake.client.api.driver.SnowflakeDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All kinds of key files, each tried with the driver, too: it takes those that pass, and none of those that do not.
 */
class PrivateKeyFileTest {

    private static final String SECRET = "opens it";

    /** Of an RSA key of 2,048 bits, the PKCS#1 form is what its PKCS#8 form ends with. */
    private static final int PKCS1_AT = 26;

    private static SnowflakeServer server;
    private static Map<String, byte[]> files;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = SnowflakeServer.start();
        KeyPair rsa = pair("RSA", 2048);
        server.users().publicKey(server.user(), rsa.getPublic());
        files = files(rsa);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Map<String, byte[]> files(KeyPair rsa) throws Exception {
        byte[] pkcs8 = rsa.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS1_AT, pkcs8.length);
        byte[] ec = pair("EC", 256).getPrivate().getEncoded();
        byte[] encrypted = encrypted("PBEWithHmacSHA256AndAES_256", pkcs8);
        String plain = pem("PRIVATE KEY", pkcs8);
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("plain", ascii(plain));
        all.put("with line ends of Windows", ascii(plain.replace("\n", "\r\n")));
        all.put("with text before", ascii("Bag Attributes: none\n" + plain));
        all.put("PKCS#1", ascii(pem("RSA PRIVATE KEY", pkcs1)));
        all.put("encrypted", ascii(pem("ENCRYPTED PRIVATE KEY", encrypted)));
        all.put("encrypted as long ago", ascii(pem("ENCRYPTED PRIVATE KEY", encrypted("PBEWithSHA1AndDESede", pkcs8))));
        all.put("encrypted EC", ascii(pem("ENCRYPTED PRIVATE KEY", encrypted("PBEWithHmacSHA256AndAES_256", ec))));
        all.put(
                "encrypted PKCS#1",
                ascii(pem("RSA PRIVATE KEY", pkcs1)
                        .replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nM")));
        all.put("EC", ascii(pem("PRIVATE KEY", ec)));
        all.put("EC of its own form", ascii(pem("EC PRIVATE KEY", Arrays.copyOfRange(ec, 27, ec.length))));
        all.put("DSA", ascii(pem("PRIVATE KEY", pair("DSA", 2048).getPrivate().getEncoded())));
        all.put(
                "1,024 bits",
                ascii(pem("PRIVATE KEY", pair("RSA", 1024).getPrivate().getEncoded())));
        all.put("DER", pkcs8);
        all.put("encrypted DER", encrypted);
        all.put("public DER", rsa.getPublic().getEncoded());
        all.put("public", ascii(pem("PUBLIC KEY", rsa.getPublic().getEncoded())));
        all.put("certificate first", ascii(pem("CERTIFICATE", pkcs1) + plain));
        all.put("OpenSSH", ascii(pem("OPENSSH PRIVATE KEY", pkcs1)));
        all.put("without its end", Arrays.copyOf(ascii(plain), 900));
        all.put("without its middle", ascii(plain.substring(0, 800) + plain.substring(plain.indexOf("\n-----END"))));
        all.put("encrypted without its end", Arrays.copyOf(ascii(pem("ENCRYPTED PRIVATE KEY", encrypted)), 900));
        all.put("without its lines", ascii(plain.replaceAll("-----[^-]*-----", "")));
        all.put("empty", new byte[0]);
        all.put("UTF-16", plain.getBytes(StandardCharsets.UTF_16LE));
        all.put("with a byte order mark", ("\ufeff" + plain).getBytes(StandardCharsets.UTF_8));
        return all;
    }

    static Stream<String[]> good() {
        return Stream.of(
                of("plain", null),
                of("plain", SECRET),
                of("with line ends of Windows", null),
                of("with text before", null),
                of("PKCS#1", null),
                of("encrypted", SECRET),
                of("encrypted as long ago", SECRET));
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatTheDriverTakesPasses(String kind, String passphrase) throws Exception {
        String file = write(kind);

        PrivateKeyFile.check(file, Optional.ofNullable(passphrase));

        login(file, passphrase).close();
    }

    static Stream<String[]> bad() {
        return Stream.of(
                of("encrypted", null, "private-key-password is missing"),
                of("encrypted", "does not open it", "private-key-password", "which it does not open"),
                of("encrypted as long ago", "does not open it", "private-key-password", "which it does not open"),
                of("encrypted EC", SECRET, "it is a key for EC"),
                of("encrypted PKCS#1", SECRET, "it is encrypted PKCS#1", "openssl pkcs8 -topk8"),
                of("EC", null, "it is a key for EC"),
                of("EC of its own form", null, "it is a key for EC"),
                of("DSA", null, "it is a key for DSA"),
                of("1,024 bits", null, "it has 1024 bits"),
                of("DER", null, "it is in DER form", "openssl pkcs8 -topk8 -inform DER"),
                of("encrypted DER", SECRET, "it is in DER form"),
                of("public DER", null, "it is a public key"),
                of("public", null, "it is a public key"),
                of("certificate first", null, "it begins with a certificate"),
                of("OpenSSH", null, "ssh-keygen -p -m PKCS8"),
                of("without its end", null, "it is cut off"),
                of("without its middle", null, "it is damaged or cut off"),
                of("encrypted without its end", SECRET, "it is cut off"),
                of("without its lines", null, "it lacks the line -----BEGIN PRIVATE KEY-----"),
                of("empty", null, "it is empty"),
                of("UTF-16", null, "UTF-16"),
                of("with a byte order mark", null, "byte order mark"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void eachOtherKindIsNamed(String kind, String passphrase, String first, String more) throws Exception {
        String file = write(kind);

        assertThatThrownBy(() -> PrivateKeyFile.check(file, Optional.ofNullable(passphrase)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContainingAll(file, first, more)
                .message()
                .doesNotContain(passphrase == null ? "MII" : passphrase);
        assertThatThrownBy(() -> login(file, passphrase)).isInstanceOfAny(SQLException.class, RuntimeException.class);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aFileThatGoesBadWhileFloeRunsIsOneFailureInWords(String kind, String passphrase, String first, String more)
            throws Exception {
        Properties properties = properties(write(kind), passphrase);
        Logins logins = new Logins(server.url(), properties);

        assertThatThrownBy(logins::check)
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(Failures.explain(e))
                        .contains("snowflake.private-key-file"));
        assertThat(logins.isRefused()).isTrue();
    }

    private static String[] of(String kind, String passphrase, String... parts) {
        return new String[] {kind, passphrase, parts.length == 0 ? "" : parts[0], parts.length < 2 ? "" : parts[1]};
    }

    private String write(String kind) throws Exception {
        return Files.write(folder.resolve("key"), files.get(kind)).toString();
    }

    private static Connection login(String file, String passphrase) throws SQLException {
        return new SnowflakeDriver().connect(server.url(), properties(file, passphrase));
    }

    private static Properties properties(String file, String passphrase) {
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("private_key_file", file);
        if (passphrase != null) {
            properties.setProperty("private_key_pwd", passphrase);
        }
        return properties;
    }

    private static KeyPair pair(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static byte[] encrypted(String algorithm, byte[] pkcs8) throws Exception {
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(SECRET.toCharArray())),
                new PBEParameterSpec(new byte[8], 2048));
        byte[] data = cipher.doFinal(pkcs8);
        if (!algorithm.contains("Hmac")) {
            return new EncryptedPrivateKeyInfo(cipher.getParameters(), data).getEncoded();
        }
        AlgorithmParameters named = AlgorithmParameters.getInstance("PBES2");
        named.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(named, data).getEncoded();
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
