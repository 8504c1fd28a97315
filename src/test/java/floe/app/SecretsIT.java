package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import local.FloeProcess;
import local.LocalWorld;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The packaged application shows its secrets nowhere, however much it is asked to log. */
class SecretsIT {

    private static final String MYSQL_PASSWORD = "mysql-s3cr3t-of-this-test";
    private static final String KEY_PASSWORD = "key-s3cr3t-of-this-test";
    private static final String PBE = "PBEWithSHA1AndDESede";

    @TempDir
    static Path folder;

    private static LocalWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = LocalWorld.start(
                MySqlSettings.defaults().withPassword(MYSQL_PASSWORD), Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE CDC_schema",
                        "CREATE TABLE CDC_schema.Persons (PersonID int PRIMARY KEY, FullName varchar(255))",
                        "INSERT INTO CDC_schema.Persons VALUES (1, 'Ann')");
    }

    @AfterAll
    static void end() throws Exception {
        world.close();
    }

    @Test
    void rightSecretsFromFilesAreShownNowhere() throws Exception {
        KeyPair pair = keyPair();
        world.snowflake().users().publicKey(world.snowflake().user(), pair.getPublic());
        Map<String, String> settings = settings("right");
        settings.put("capture.password-file", file("right", "mysql", MYSQL_PASSWORD + "\n"));
        settings.put("snowflake.private-key-file", file("right", "key.p8", encrypted(pair)));
        settings.put("snowflake.private-key-password-file", file("right", "key", KEY_PASSWORD));

        try (FloeProcess floe = new FloeProcess(folder.resolve("right"), settings)) {
            String printed = floe.run("setup", "--execute");
            floe.start();
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            world.snowflake().query("SELECT FULLNAME FROM CDC_DESTINATION.PUBLIC.PERSONS"))
                    .hasToString("[{FULLNAME=Ann}]"));

            assertHidden(printed, MYSQL_PASSWORD, KEY_PASSWORD);
            assertHidden(floe.health(), MYSQL_PASSWORD, KEY_PASSWORD);
            assertHidden(Files.readString(Path.of("/proc/" + floe.pid() + "/cmdline")), MYSQL_PASSWORD, KEY_PASSWORD);
            assertHidden(Files.readString(Path.of("/proc/" + floe.pid() + "/environ")), MYSQL_PASSWORD, KEY_PASSWORD);
            assertHidden(world.mysql().query("SHOW FULL PROCESSLIST").toString(), MYSQL_PASSWORD, KEY_PASSWORD);
            floe.kill();
            assertThat(floe.log()).content().contains("DEBUG").contains("binlog-to-kinesis");
            assertHidden(Files.readString(floe.log()), MYSQL_PASSWORD, KEY_PASSWORD);
        }
    }

    @Test
    void wrongSecretsFromTheEnvironmentAreNotRepeatedInWhatIsSaidOfThem() throws Exception {
        List<String> wrong = List.of("wr0ng-for-mysql", "wr0ng-for-snowflake");
        Map<String, String> settings = settings("wrong");
        settings.put("capture.password", wrong.get(0));
        settings.put("snowflake.password", wrong.get(1));
        world.s3()
                .client()
                .putObject(
                        request -> request.bucket(LocalWorld.BUCKET).key("staging/2026/11/25/00/one"),
                        RequestBody.fromString("{\"schema\":\"CDC_schema\",\"table\":\"Persons\","
                                + "\"type\":\"DeleteRowsEvent\",\"row\":{\"values\":{\"PersonID\":9}}}\n"));

        try (FloeProcess floe = new FloeProcess(folder.resolve("wrong"), settings)) {
            floe.start();
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(floe.health()).contains("Access denied for user", "390100"));

            assertHidden(floe.health(), wrong.toArray(String[]::new));
            assertThatThrownBy(() -> floe.run("setup"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Access denied for user")
                    .satisfies(failure -> assertHidden(failure.getMessage(), wrong.toArray(String[]::new)));
            floe.kill();
            assertHidden(Files.readString(floe.log()), wrong.toArray(String[]::new));
        }
    }

    private static void assertHidden(String text, String... secrets) {
        List<String> shown = text.lines()
                .filter(line -> Arrays.stream(secrets).anyMatch(line::contains))
                .toList();
        assertThat(shown).isEmpty();
    }

    private static Map<String, String> settings(String name) {
        Map<String, String> settings = world.settings("CDC_schema.Persons", folder.resolve(name + "-state"));
        settings.remove("capture.password");
        settings.remove("snowflake.password");
        settings.put("quarkus.log.level", "DEBUG");
        for (String quiet : List.of("io.debezium", "org.apache.kafka", "com.zaxxer.hikari", "net.snowflake")) {
            settings.put("quarkus.log.category.\"" + quiet + "\".level", "DEBUG");
        }
        return settings;
    }

    private static String file(String folderName, String name, String content) throws IOException {
        Path secrets = Files.createDirectories(folder.resolve(folderName + "-secrets"));
        return Files.writeString(secrets.resolve(name), content).toString();
    }

    private static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** The private key in PKCS #8 form, under its password. */
    private static String encrypted(KeyPair pair) throws Exception {
        Cipher cipher = Cipher.getInstance(PBE);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(PBE).generateSecret(new PBEKeySpec(KEY_PASSWORD.toCharArray())));
        AlgorithmParameters parameters = cipher.getParameters();
        byte[] content = cipher.doFinal(pair.getPrivate().getEncoded());
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(new EncryptedPrivateKeyInfo(parameters, content).getEncoded());
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + lines + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }
}
