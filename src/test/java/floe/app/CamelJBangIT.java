package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import local.FloeProcess;
import local.FloeSettings;
import local.LocalWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The routes as Camel JBang runs them on a laptop: {@code camel run @src/main/jbang/options my.properties}.
 *
 * <p>JBang and Camel's command come from Maven Central, as does all that they download; the script that users have for
 * {@code camel} does the same as the three lines of {@link #CAMEL}.
 */
class CamelJBangIT {

    private static final String OPTIONS = "src/main/jbang/options";
    private static final Path JBANG = Path.of("target", "jbang").toAbsolutePath();

    /** The newest version of the command that every mirror has; users have the newest there is. */
    private static final String CAMEL =
            """
            //DEPS org.apache.camel:camel-jbang-core:4.17.0
            class Camel {
                public static void main(String... arguments) {
                    org.apache.camel.dsl.jbang.core.commands.CamelJBangMain.run(arguments);
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void changesReachSnowflakeThroughTheRoutesInCamelJBang() throws Exception {
        try (LocalWorld world = LocalWorld.start(Duration.ofSeconds(1), part -> {})) {
            world.mysql()
                    .execute(
                            "CREATE DATABASE CDC_schema",
                            "CREATE TABLE CDC_schema.Persons (PersonID int PRIMARY KEY, FullName varchar(255))",
                            "INSERT INTO CDC_schema.Persons VALUES (1, 'O''Brien')");
            Map<String, String> settings = world.settings("CDC_schema.Persons", folder.resolve("state"));
            new FloeProcess(folder, settings).run("setup", "--execute");
            FloeSettings.withAwsKeys(settings);

            Process camel = camelRun(settings);
            try {
                world.mysql().execute("INSERT INTO CDC_schema.Persons VALUES (2, 'Ann')");

                // The first time it downloads its dependencies.
                await().atMost(Duration.ofMinutes(5))
                        .failFast(() -> assertThat(camel.isAlive())
                                .as(() -> printed("run"))
                                .isTrue())
                        .untilAsserted(() -> assertThat(world.snowflake()
                                        .query("SELECT FULLNAME FROM CDC_DESTINATION.PUBLIC.PERSONS ORDER BY PERSONID"))
                                .as(() -> printed("run"))
                                .extracting(row -> row.get("FULLNAME"))
                                .containsExactly("O'Brien", "Ann"));
            } finally {
                camel.destroy();
                camel.waitFor(20, TimeUnit.SECONDS);
                camel.destroyForcibly();
            }
        }
    }

    @Test
    void theDependenciesAreThoseOfTheBuild() throws IOException {
        List<String> jars = Stream.of(Files.readString(Path.of("target", "local.classpath"))
                        .strip()
                        .split(File.pathSeparator, -1))
                .map(jar -> Path.of(jar).getFileName().toString())
                .toList();

        try (Stream<String> options = Files.lines(Path.of(OPTIONS))) {
            assertThat(options.filter(option -> option.startsWith("--dep=mvn:"))
                            .map(option -> option.substring(option.indexOf(':', "--dep=mvn:".length()) + 1))
                            .map(artifact -> artifact.replace(':', '-') + ".jar"))
                    .isNotEmpty()
                    .isSubsetOf(jars);
        }
    }

    @Test
    void theOptionsNameEveryRoute() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/routes"));
                Stream<String> options = Files.lines(Path.of(OPTIONS))) {
            assertThat(options.filter(option -> option.startsWith("src/main/java/"))
                            .map(Path::of))
                    .containsExactlyInAnyOrderElementsOf(sources.filter(source -> !source.endsWith("package-info.java"))
                            .toList());
        }
    }

    /** Has JBang resolve the command, which prints what is to be run, and runs it as JBang's own script does. */
    private Process camelRun(Map<String, String> settings) throws Exception {
        Path script = Files.writeString(folder.resolve("Camel.java"), CAMEL);
        Path mine = folder.resolve("my.properties");
        Properties properties = new Properties();
        properties.putAll(settings);
        // As every setting, it may come from the environment.
        properties.remove("capture.password");
        try (Writer writer = Files.newBufferedWriter(mine)) {
            properties.store(writer, null);
        }
        List<String> jbang = new ArrayList<>(
                List.of(java(), "-jar", JBANG.resolve("jbang.jar").toString()));
        jbang.addAll(List.of("run", script.toString(), "run", "@" + OPTIONS, mine.toString()));
        assertThat(start("jbang", jbang).waitFor(5, TimeUnit.MINUTES))
                .as(() -> printed("jbang"))
                .isTrue();
        String command = Files.readString(folder.resolve("jbang.out"));
        return start(
                "run",
                List.of("sh", "-c", "exec " + command),
                "CAPTURE_PASSWORD",
                settings.get("capture.password"),
                "JAVA_TOOL_OPTIONS",
                "-Duser.timezone=UTC");
    }

    private Process start(String name, List<String> command, String... environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().put("JBANG_DIR", JBANG.resolve("home").toString());
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return builder.start();
    }

    private String printed(String name) {
        try {
            return Files.readString(folder.resolve(name + ".out"), StandardCharsets.UTF_8)
                    + Files.readString(folder.resolve(name + ".err"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
