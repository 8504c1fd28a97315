package local;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The packaged application as a process of its own, with nothing but configuration, as it is deployed. */
public final class FloeProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final long STOP_SECONDS = 30;

    /** A program to start in place of the JVM, such as the one that runs the image; it takes Floe's arguments. */
    private static final String LAUNCHER = System.getProperty("floe.launcher");

    private final Path folder;
    private final int managementPort;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> jvmOptions;
    private Process process;

    /**
     * Prepares the process; nothing runs yet.
     *
     * @param folder its working directory: holds its configuration and its log
     * @param settings written to its configuration file, but for the passwords, which go to its environment
     * @param jvmOptions such as {@code -Xmx384m}
     */
    public FloeProcess(Path folder, Map<String, String> settings, String... jvmOptions) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IOException(JAR + " is missing; ./mvnw package makes it");
        }
        this.folder = folder;
        this.jvmOptions = List.of(jvmOptions);
        this.managementPort = FreePort.find();
        Map<String, String> file = new TreeMap<>(settings);
        file.put("management.port", String.valueOf(managementPort));
        file.entrySet().removeIf(setting -> {
            boolean secret = setting.getKey().endsWith("password");
            if (secret) {
                environment(setting.getKey(), setting.getValue());
            }
            return secret;
        });
        Properties properties = new Properties();
        properties.putAll(file);
        Files.createDirectories(folder.resolve("config"));
        try (Writer writer = Files.newBufferedWriter(folder.resolve("config/application.properties"))) {
            properties.store(writer, null);
        }
    }

    /** Has a setting in the environment, as on Kubernetes. */
    public FloeProcess environment(String key, String value) {
        environment.put(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value);
        return this;
    }

    /** Starts the routes; they are at work once {@link #isReady()} says so. */
    public void start() throws IOException {
        process = launch(List.of(), log());
    }

    /**
     * Runs a command to its end.
     *
     * @return what it printed
     * @throws IOException if it failed; the message is what it printed
     */
    public String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "command", ".log");
        int exit = launch(List.of(command), output).waitFor();
        String printed = Files.readString(output);
        Files.delete(output);
        if (exit != 0) {
            throw new IOException("floe " + String.join(" ", command) + " ended with " + exit + ": " + printed);
        }
        return printed;
    }

    /** Whether all parts are up. */
    public boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the application says of its health: JSON, or an error message where it does not answer. */
    public String health() {
        try {
            return get("/q/health/ready").body();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }

    /**
     * What the management port answers.
     *
     * @param headers of the request, each name followed by its value
     */
    public HttpResponse<String> get(String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The port for health and metrics. */
    public int managementPort() {
        return managementPort;
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Its id in the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Where the process logs to. */
    public Path log() {
        return folder.resolve("floe.log");
    }

    /**
     * Ends it as an orchestrator does: SIGTERM, and SIGKILL if it takes longer than Kubernetes waits by default.
     *
     * @return whether SIGTERM was enough
     */
    public boolean stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
            logThreads();
            kill();
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Has the JVM write to the log what each thread does: why it did not end. */
    private void logThreads() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                .start()
                .waitFor();
        process.waitFor(1, TimeUnit.SECONDS);
    }

    /** Ends it if it runs, as {@link #stop()} does. */
    @Override
    public void close() {
        if (process != null) {
            stop();
        }
    }

    /** Ends it with SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch(List<String> arguments, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        if (LAUNCHER == null) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.add("-jar");
            command.add(JAR.toAbsolutePath().toString());
        } else {
            command.add(LAUNCHER);
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("AWS_ACCESS_KEY_ID", "local");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
        return builder.start();
    }
}
