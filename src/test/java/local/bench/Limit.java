package local.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A limit that Floe's figures are read beside: a part of what Floe stands on, alone in a JVM of its own. */
public final class Limit {

    private Limit() {}

    /** Tells the process that measures how it went: how long it took, and what this process has used. */
    public static void tell(double seconds) throws IOException {
        ProcessMeter used = ProcessMeter.ofThis();
        System.out.println(seconds + " " + used.cpuSeconds() + " " + used.peakMegabytes());
    }

    /**
     * Runs a main class that calls {@link #tell} at its end.
     *
     * @throws IOException if it does not
     */
    static Measurement measure(
            String bench, long rows, long bytes, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FloeUnderBench.JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = process.waitFor();
        String[] figures = printed.substring(printed.lastIndexOf('\n') + 1).split(" ", -1);
        if (exit != 0 || figures.length != 3) {
            throw new IOException(main.getSimpleName() + " ended with " + exit + ": " + printed);
        }
        return new Measurement(
                bench,
                rows,
                Double.parseDouble(figures[0]),
                bytes,
                Double.parseDouble(figures[1]),
                Long.parseLong(figures[2]),
                0,
                Map.of());
    }
}
