package local.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JSON parser alone: each line of a file becomes a tree and is thrown away. */
public final class ParserAlone {

    private ParserAlone() {}

    /**
     * Parses a file again and again, and prints the seconds it took.
     *
     * @param arguments the file; how many times
     */
    public static void main(String... arguments) throws IOException {
        JsonMapper json = new JsonMapper();
        long began = System.nanoTime();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!json.readTree(line).isObject()) {
                        throw new IOException("No event: " + line);
                    }
                }
            }
        }
        Limit.tell((System.nanoTime() - began) / 1e9);
    }
}
