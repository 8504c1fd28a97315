package floe.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Member;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import local.nativeimage.NativeSources;
import local.nativeimage.Reachability;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What {@code native-image} would find in what Quarkus hands to it, without a builder. The gate runs it by
 * {@code -Dfloe.native-sources=target/native-sources} after it has made that folder (docs/native.md).
 */
@EnabledIfSystemProperty(named = "floe.native-sources", matches = ".+")
class NativeSourcesIT {

    /** Libraries that Quarkus prepares itself, by substitutions and by what it decides when it builds. */
    private static final Pattern OF_QUARKUS =
            Pattern.compile(".*, of (modified-)?(io\\.(netty|quarkus|smallrye|vertx)|org\\.jboss)\\.[^,]*");

    /** Asked for by name, and only for requests that are signed for several regions at once, which Floe does not send. */
    private static final String CRT = "software.amazon.awssdk.crt.";

    /** What a builder refused where it was initialized at build time. */
    private static final List<String> REFUSED = List.of(
            "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread",
            "org.apache.kafka.common.security.authenticator.SaslClientAuthenticator",
            "software.amazon.awssdk.services.dynamodb.DynamoDbRetryPolicy");

    /** What may be made at build time, with the reason; a builder did not find the others to be reachable. */
    private static final Map<String, String> HARMLESS = Map.of(
            "io.opentelemetry.context.LazyStorage",
                    "makes the thread for tests of leaks alone, which a property asks for",
            "org.apache.kafka.common.compress.Lz4BlockInputStream", "is of Kafka's brokers",
            "org.apache.kafka.common.security.kerberos.KerberosLogin", "is of Kafka's brokers",
            "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider", "reads no profile before it is used",
            "software.amazon.awssdk.core.ResponseInputStream$TimeoutScheduler", "starts no thread before it is used",
            "software.amazon.awssdk.http.apache.internal.conn.IdleConnectionReaper",
                    "starts no thread before it is used");

    /** Services that Quarkus reads when it builds, that Kafka Connect's workers read, and of clients that Floe does not make. */
    private static final Pattern NOT_READ = Pattern.compile(
            "(io\\.quarkus|io\\.smallrye|io\\.vertx|jakarta|org\\.eclipse\\.microprofile|org\\.jboss|org\\.slf4j)\\..*"
                    + "|org\\.apache\\.kafka\\.(common\\.config\\.provider|connect\\.(storage|transforms))\\..*"
                    + "|software\\.amazon\\.awssdk\\.http\\.async\\..*");

    private static NativeSources sources;
    private static Reachability reachability;

    @BeforeAll
    static void read() throws IOException {
        sources = new NativeSources(Path.of(System.getProperty("floe.native-sources")));
        reachability = new Reachability(sources, "floe.app.Main");
    }

    @Test
    void everythingRegisteredLinks() throws IOException {
        Map<String, String> failures = new TreeMap<>();
        int linked = 0;
        try (URLClassLoader loader = sources.loader()) {
            for (JsonNode entry : sources.reflection()) {
                String name = entry.path("name").asText();
                try {
                    linked += link(Class.forName(name, false, loader), entry).size();
                } catch (ClassNotFoundException e) {
                    // A library's own file may name what others bring; NativeMetadataTest has looked at Floe's.
                } catch (LinkageError e) {
                    failures.put(name, e.toString());
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(linked).isPositive();
    }

    @Test
    void noReachableCodeWantsAClassThatIsNotThere() {
        assertThat(reachability.missing().entrySet().stream()
                        .filter(missing -> !missing.getKey().startsWith(CRT))
                        .filter(missing ->
                                !OF_QUARKUS.matcher(missing.getValue()).matches()))
                .isEmpty();
    }

    @Test
    void whatABuilderRefusedIsInitializedWhenItRuns() throws IOException {
        assertThat(sources.initializedAtRunTime()).containsExactlyInAnyOrderElementsOf(REFUSED);
        try (URLClassLoader loader = sources.loader()) {
            assertThat(REFUSED).allSatisfy(name -> Class.forName(name, false, loader));
        }
        assertThat(Files.readString(Path.of("docs/native.md"))).contains(REFUSED);
    }

    @Test
    void noThreadOrRandomNumberIsMadeAtBuildTime() {
        Set<String> expected = new TreeSet<>(HARMLESS.keySet());
        expected.addAll(REFUSED);

        assertThat(reachability.lively().entrySet().stream()
                        .filter(found -> !OF_QUARKUS.matcher(found.getValue()).matches())
                        .filter(found -> !expected.contains(found.getKey())))
                .isEmpty();
        assertThat(reachability.lively()).containsKeys(HARMLESS.keySet().toArray(String[]::new));
    }

    @Test
    void eachServiceThatReachableCodeLooksForIsAResource() throws IOException {
        List<String> resources = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of("src/main/resources/META-INF/native-image/io.floe/floe/resource-config.json")
                        .toFile())
                .at("/resources/includes")
                .forEach(include -> resources.add(include.get("pattern").asText()));

        assertThat(reachability.services().stream()
                        .filter(service -> !NOT_READ.matcher(service).matches())
                        .filter(service -> !resources.contains("\\QMETA-INF/services/" + service + "\\E")))
                .isEmpty();
    }

    /** Resolves what the members that are registered have as parameters, results and types. */
    private static List<Member> link(Class<?> type, JsonNode entry) {
        List<Member> members = new ArrayList<>();
        if (entry.path("allDeclaredConstructors").asBoolean()) {
            members.addAll(List.of(type.getDeclaredConstructors()));
        }
        if (entry.path("allPublicConstructors").asBoolean()) {
            members.addAll(List.of(type.getConstructors()));
        }
        if (entry.path("allDeclaredMethods").asBoolean()) {
            members.addAll(List.of(type.getDeclaredMethods()));
        }
        if (entry.path("allPublicMethods").asBoolean()) {
            members.addAll(List.of(type.getMethods()));
        }
        if (entry.path("allDeclaredFields").asBoolean()) {
            members.addAll(List.of(type.getDeclaredFields()));
        }
        return members;
    }
}
