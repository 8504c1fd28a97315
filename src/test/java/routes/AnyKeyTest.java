package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.person;
import static routes.Events.write;
import static routes.LoadWorld.BUCKET;

import com.fasterxml.jackson.databind.JsonNode;
import floe.aws.AwsClients;
import floe.letters.Replay;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.staging.Places;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever S3 takes for a key is a key, and nothing else: it is loaded, archived, and its letters are kept and replayed. */
class AnyKeyTest {

    private static final String STAGING = "staging/";

    /** The longest key of S3, in bytes of UTF-8. */
    private static final int MOST_BYTES = 1_024;

    private static final String SIGNS = "${}/.%+ ?&#\\\"'<>~:;@,=";

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    static Stream<List<String>> keys() {
        return Stream.of(
                // Languages of Camel, placeholders of it and of Quarkus.
                List.of(
                        "${camelContext.stop}",
                        "${date:now:yyyy}.ndjson",
                        "a ${body} b",
                        "$simple{exchangeId}",
                        "{{load.mode}}",
                        "{{?no.such}}",
                        "${variable.file.key}",
                        "#{1+1}",
                        "RAW(x)"),
                // What URLs, XML, headers and logs give a meaning to.
                List.of(
                        "100%",
                        "%41", "%2F", "a+b c", "?q=1&r=2", "#frag", "a;b=c", "<&>\"'", "]]>", "\\back", "~*()!'"),
                List.of(
                        "c\u0001trl.ndjson",
                        "a\tb\nc\rd\r\n",
                        " led and trailed ",
                        "\u007f",
                        "\u0085\u00a0\u2028",
                        "\ufeff"),
                List.of("é😀.gz", "e\u0301", "\ufffd", "\uffff", "ß/İı"),
                // What file systems give a meaning to.
                List.of("a", "a/b", "a//b", "a/b/", "/led", "//", "folder/", "x.tar.gz/y", ""),
                List.of("n".repeat(MOST_BYTES - STAGING.length()), "é".repeat((MOST_BYTES - STAGING.length()) / 2)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsAKey(List<String> names) throws Exception {
        assertLoaded(names);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void soIsAnyOther(long seed) throws Exception {
        Random random = new Random(seed);
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < 20) {
            names.add(name(random));
        }

        assertLoaded(List.copyOf(names));
    }

    /** Two that differ only behind what a name of their letters has room for. */
    @Test
    void longNamesThatBeginAlikeAreKeptApart() throws Exception {
        String name = "n".repeat(MOST_BYTES - STAGING.length() - 1);

        assertLoaded(List.of(name + "a", name + "b"));
    }

    private void assertLoaded(List<String> names) throws Exception {
        for (int i = 0; i < names.size(); i++) {
            world.put(STAGING + names.get(i), (write(100 + i, person(i, "n", "c")) + "\nnot json\n").getBytes(UTF_8));
        }
        String[] keys = names.stream().map(name -> STAGING + name).toArray(String[]::new);
        String[] archived = names.stream().map(name -> "archive/" + name).toArray(String[]::new);

        world.stage().set("load.parallel-files", "4").start();

        awaitNothingStaged();
        assertThat(world.snowflake().query("SELECT COUNT(*) AS N FROM PERSONS"))
                .hasToString("[{N=" + names.size() + "}]");
        assertThat(world.s3().keys(BUCKET, "archive/")).containsExactlyInAnyOrder(archived);
        assertThat(world.deadLetters()).extracting(AnyKeyTest::file).containsExactlyInAnyOrder(keys);
        assertThat(world.s3().keys(BUCKET, ""))
                .allSatisfy(key -> assertThat(key.getBytes(UTF_8).length).isLessThanOrEqualTo(MOST_BYTES));

        Replay.Outcome outcome = replay().run(new Replay.Selection(null, null, null, null), false, any -> {});

        assertThat(outcome.replayed()).isEqualTo(names.size());
        awaitNothingStaged();
        await().untilAsserted(() -> assertThat(world.deadLetters()).hasSize(names.size()));
        assertThat(world.deadLetters()).extracting(AnyKeyTest::file).allSatisfy(file -> assertThat(file)
                .startsWith(STAGING + "replayed/"));
        assertThat(world.s3().keys(BUCKET, "replayed/")).hasSize(names.size());
    }

    private void awaitNothingStaged() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(world.s3().keys(BUCKET, STAGING))
                        .as(() -> String.valueOf(world.stage().health().getMessage()))
                        .isEmpty());
    }

    private static String file(JsonNode letter) {
        return letter.get("file").textValue();
    }

    private Replay replay() {
        CamelContext camel = world.stage().camel();
        return new Replay(new AwsClients(camel), Places.read(new Settings(new CamelLookup(camel))));
    }

    private static String name(Random random) {
        List<String> parts = new ArrayList<>();
        int most = MOST_BYTES - STAGING.length();
        int length = random.nextInt(5) == 0 ? most : 1 + random.nextInt(40);
        int bytes = 0;
        while (true) {
            String part = Character.toString(character(random));
            bytes += part.getBytes(UTF_8).length;
            if (bytes > length) {
                return String.join("", parts);
            }
            parts.add(part);
        }
    }

    /** Any but NUL, which web servers refuse. */
    private static int character(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> SIGNS.charAt(random.nextInt(SIGNS.length()));
            case 1 -> 1 + random.nextInt(0x1f);
            case 2 -> 0x80 + random.nextInt(0xd800 - 0x80);
            case 3 -> 0x1_0000 + random.nextInt(0x10_0000);
            default -> 0x20 + random.nextInt(0x5f);
        };
    }
}
