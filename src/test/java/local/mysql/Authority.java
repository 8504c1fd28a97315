package local.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority that vouches for servers, made by the JDK's keytool. */
public final class Authority {

    private static final String PASSWORD = "changeit";
    private static final String ITSELF = "authority";

    private final Path folder;
    private final Path store;

    /** @param folder an empty one, which it keeps its keys in */
    public Authority(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
        keytool(ITSELF, "Floe test authority", "-ext", "bc:c");
    }

    /** Its certificate, as a file in PEM form. */
    public Path certificate() {
        Path file = folder.resolve("authority.pem");
        writePem(file, "CERTIFICATE", encodedCertificate(ITSELF));
        return file;
    }

    /** The settings of a server that has a certificate of this authority for {@code name}. */
    public MySqlSettings certify(MySqlSettings settings, String name) {
        keytool(name, name, "-signer", ITSELF, "-ext", "san=dns:" + name);
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        writePem(certificate, "CERTIFICATE", encodedCertificate(name));
        writePem(key, "PRIVATE KEY", encodedKey(name));
        return settings.withOption("ssl_ca", certificate().toString())
                .withOption("ssl_cert", certificate.toString())
                .withOption("ssl_key", key.toString());
    }

    private void keytool(String alias, String commonName, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-alias",
                alias,
                "-dname",
                "CN=" + commonName));
        command.addAll(List.of(more));
        Commands.run(new ProcessBuilder(command));
    }

    private byte[] encodedCertificate(String alias) {
        try {
            Certificate certificate = keys().getCertificate(alias);
            return certificate.getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new MySqlFailed("Cannot read " + store, e);
        }
    }

    private byte[] encodedKey(String alias) {
        try {
            Key key = keys().getKey(alias, PASSWORD.toCharArray());
            return key.getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new MySqlFailed("Cannot read " + store, e);
        }
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        }
    }

    private static void writePem(Path file, String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        try {
            Files.writeString(file, "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n");
        } catch (IOException e) {
            throw new MySqlFailed("Cannot write " + file, e);
        }
    }
}
