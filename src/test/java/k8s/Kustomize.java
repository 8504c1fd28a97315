package k8s;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kustomize inside kubectl. It renders folders and needs no cluster. */
final class Kustomize {

    /** Components and replacements came with 4. Debian 12's kubectl has 2. */
    private static final int OLDEST = 5;

    private static final Pattern VERSION = Pattern.compile("Kustomize Version: v(\\d+)\\.");

    private Kustomize() {}

    /** Why nothing can be rendered on this machine, if so. */
    static Optional<String> missing() throws IOException, InterruptedException {
        String version;
        try {
            version = kubectl("version", "--client");
        } catch (IOException e) {
            return Optional.of("kubectl is not to be run here: " + e.getMessage());
        }
        Matcher matcher = VERSION.matcher(version);
        return matcher.find() && Integer.parseInt(matcher.group(1)) >= OLDEST
                ? Optional.empty()
                : Optional.of("kubectl is too old; its kustomize must be " + OLDEST + " or newer: " + version.strip());
    }

    /** What {@code kubectl apply -k folder} would send to the cluster. */
    static String render(Path folder) throws IOException, InterruptedException {
        return kubectl("kustomize", folder.toString());
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "kubectl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path errors = Files.createTempFile("kubectl-", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + Files.readString(errors));
        }
        return output;
    }
}
