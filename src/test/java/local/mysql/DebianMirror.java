package local.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where this machine has Debian's packages from, by its own apt sources.
 *
 * @param address of the archive
 * @param signedBy the keys that sign it; empty for those that apt trusts anyway
 * @see <a href="https://manpages.debian.org/bookworm/apt/sources.list.5.en.html">sources.list(5)</a>
 */
record DebianMirror(String address, Optional<String> signedBy) {

    private static final Pattern ONE_LINE = Pattern.compile("deb\\s+(?:\\[([^]]*)]\\s+)?(\\S+)\\s+(\\S+)\\s+(.*)");
    private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z-]+):(.*(?:\\n[ \\t].*)*)");
    private static final Pattern SIGNED_BY = Pattern.compile("signed-by=(\\S+)");

    /**
     * The archive that a release is installed from.
     *
     * @param apt the folder with {@code sources.list} and {@code sources.list.d}
     * @param codename of the release, such as bookworm
     * @return empty if no source has that release
     */
    static Optional<DebianMirror> of(Path apt, String codename) throws IOException {
        for (Path file : sources(apt)) {
            String text = withoutComments(Files.readString(file));
            Optional<DebianMirror> found =
                    file.toString().endsWith(".sources") ? inStanzas(text, codename) : inLines(text, codename);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The line of a {@code sources.list} that has one of its releases. */
    String line(String release) {
        return "deb " + signedBy.map(keys -> "[signed-by=" + keys + "] ").orElse("") + address + " " + release
                + " main";
    }

    private static List<Path> sources(Path apt) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(apt.resolve("sources.list"))) {
            files.add(apt.resolve("sources.list"));
        }
        if (Files.isDirectory(apt.resolve("sources.list.d"))) {
            try (Stream<Path> more = Files.list(apt.resolve("sources.list.d"))) {
                more.filter(file -> file.toString().matches(".*\\.(list|sources)"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String withoutComments(String text) {
        return text.replaceAll("(?m)^\\s*#.*\\n?", "");
    }

    private static Optional<DebianMirror> inLines(String text, String codename) {
        return text.lines()
                .map(line -> ONE_LINE.matcher(line.strip()))
                .filter(Matcher::matches)
                .filter(line ->
                        line.group(3).equals(codename) && words(line.group(4)).contains("main"))
                .map(line -> new DebianMirror(line.group(2), signedBy(line.group(1))))
                .findFirst();
    }

    private static Optional<String> signedBy(String options) {
        return Optional.ofNullable(options)
                .map(SIGNED_BY::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    private static Optional<DebianMirror> inStanzas(String text, String codename) {
        return Arrays.stream(text.split("\\n\\s*\\n", -1))
                .map(DebianMirror::fields)
                .filter(stanza -> words(stanza.get("types")).contains("deb")
                        && words(stanza.get("suites")).contains(codename)
                        && words(stanza.get("components")).contains("main")
                        && !stanza.getOrDefault("enabled", "yes").equals("no"))
                .map(stanza -> new DebianMirror(
                        words(stanza.get("uris")).get(0),
                        // Keys may also be in the stanza itself, which are more than a path.
                        Optional.ofNullable(stanza.get("signed-by")).filter(keys -> keys.startsWith("/"))))
                .findFirst();
    }

    private static Map<String, String> fields(String stanza) {
        Map<String, String> fields = new HashMap<>();
        FIELD.matcher(stanza)
                .results()
                .forEach(field -> fields.put(
                        field.group(1).toLowerCase(java.util.Locale.ROOT),
                        field.group(2).strip()));
        return fields;
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
