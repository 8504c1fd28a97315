package local.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What Quarkus hands to {@code native-image}: the jar, its libraries, and the arguments. */
public final class NativeSources {

    private final List<Path> jars = new ArrayList<>();
    private final Map<String, ClassFile> classes = new HashMap<>();
    private final List<JsonNode> reflection = new ArrayList<>();
    private final Map<String, String> services = new TreeMap<>();
    private final String arguments;

    /**
     * @param folder {@code target/native-sources}
     * @throws IllegalStateException if a substitute has nothing to take the place of, which {@code native-image} refuses too
     */
    public NativeSources(Path folder) throws IOException {
        arguments = Files.readString(folder.resolve("native-image.args"));
        for (Path where : List.of(folder, folder.resolve("lib"))) {
            try (Stream<Path> files = Files.list(where)) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        }
        for (Path jar : jars) {
            read(jar);
        }
        classes.values().forEach(this::substitute);
    }

    /** What is read by reflection: all entries of all files, in GraalVM's format. */
    public List<JsonNode> reflection() {
        return reflection;
    }

    /** Classes that are initialized when the executable starts, not when it is built. */
    public List<String> initializedAtRunTime() {
        return arguments
                .lines()
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(argument -> argument.startsWith("--initialize-at-run-time="))
                .flatMap(argument ->
                        Stream.of(argument.substring(argument.indexOf('=') + 1).split(",")))
                .toList();
    }

    /** The services that a library provides by a file under META-INF/services, with the library's jar. */
    public Map<String, String> services() {
        return services;
    }

    /** Loads what the executable would have, and nothing of the tests'. */
    public URLClassLoader loader() throws IOException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    Map<String, ClassFile> classes() {
        return classes;
    }

    private void read(Path jar) throws IOException {
        String name = jar.getFileName().toString();
        try (ZipInputStream files = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                String path = file.getName();
                if (path.startsWith("META-INF/native-image/") && path.endsWith("reflect-config.json")) {
                    new ObjectMapper().readTree(files.readAllBytes()).forEach(reflection::add);
                } else if (path.matches("META-INF/services/[\\w.$]+")) {
                    services.putIfAbsent(path.substring("META-INF/services/".length()), name);
                } else if (path.endsWith(".class")
                        && !path.startsWith("META-INF/")
                        && !path.endsWith("module-info.class")) {
                    ClassFile type = new ClassFile(files.readAllBytes(), name);
                    classes.putIfAbsent(type.name, type);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be read", e);
        }
    }

    private void substitute(ClassFile substitute) {
        ClassFile target = classes.get(substitute.substitutesIn);
        for (String method : substitute.substitutes) {
            if (target != null
                    && target.methods.put(method, substitute.methods.get(method)) == null
                    && substitute.name.startsWith("floe/")) {
                throw new IllegalStateException(
                        substitute.name + " has " + method + ", which is not in " + target.name);
            }
        }
    }
}
