package floe.mysql;

import floe.settings.WrongSetting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/**
 * The authorities that may vouch for the MySQL server, from a file of PEM certificates, and the same as the trust store
 * that MySQL's JDBC driver and Debezium's binlog client want.
 */
final class Authorities {

    /** Trust stores want one. It guards nothing: certificates are public, and the file belongs to this process. */
    static final String STORE_PASSWORD = "certificates";

    static final String STORE_TYPE = "PKCS12";

    private final Collection<? extends Certificate> certificates;
    private Path store;

    private Authorities(Collection<? extends Certificate> certificates) {
        this.certificates = certificates;
    }

    /**
     * Reads the file.
     *
     * @param key the setting that names it
     * @throws WrongSetting if it cannot be read, or holds anything but certificates, or none
     */
    static Authorities read(String key, String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new CertificateException("no certificate");
            }
            return new Authorities(certificates);
        } catch (IOException e) {
            throw new WrongSetting(key, file, "the name of a file that Floe can read");
        } catch (CertificateException e) {
            throw new WrongSetting(key, file, "the name of a file with certificates in PEM form, and nothing else");
        }
    }

    /** The trust store, a file that only this user can read or change, and that goes with this process. */
    synchronized Path store() {
        if (store == null) {
            store = write();
        }
        return store;
    }

    private Path write() {
        try {
            KeyStore trusted = KeyStore.getInstance(STORE_TYPE);
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            Path file = Files.createTempFile("floe-authorities-", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                trusted.store(out, STORE_PASSWORD.toCharArray());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for temporary files cannot be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot write a trust store", e);
        }
    }
}
