package docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of the project name is there: tests, classes, other pages and their headings. */
class PagesTest {

    private static final Path MAP = Path.of("docs/architecture.md");
    private static final Path DECISIONS = Path.of("docs/decisions");

    /** A test class, with its package or without, and perhaps a test of it. */
    private static final Pattern TEST = Pattern.compile("(?:[a-z]+\\.)*([A-Z]\\w*[a-z]\\w*(?:Test|IT))(?:\\.(\\w+))?");

    /** A test whose class stands before it in the text: a name of four words or more. */
    private static final Pattern TEST_ALONE = Pattern.compile("[a-z]+(?:[A-Z][a-z0-9]+){4,}");

    /** Upper and lower case, as types have and SQL and settings have not; perhaps with a nested type or a method. */
    private static final Pattern TYPE = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.\\w+)*");

    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");

    /** A page of the project and what it says, blocks of code left out. */
    private record Page(Path path, String text) {

        static Page read(Path path) {
            try {
                return new Page(path, BLOCK.matcher(Files.readString(path)).replaceAll(""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Stream<String> code() {
            return CODE.matcher(text).results().map((MatchResult found) -> found.group(1));
        }

        /** The names that GitHub gives to the headings. */
        List<String> anchors() {
            return HEADING.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .toList();
        }
    }

    @Test
    void eachTestThatAPageNamesIsThere() throws IOException {
        List<Path> tests = files(".java").stream()
                .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                .toList();
        String all = tests.stream().map(PagesTest::text).collect(Collectors.joining("\n"));

        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Page page : pages()) {
            for (String code : page.code().toList()) {
                Matcher test = TEST.matcher(code);
                boolean isTest = test.matches();
                if (isTest || TEST_ALONE.matcher(code).matches()) {
                    named++;
                    String where = isTest ? classNamed(tests, test.group(1)) : all;
                    String method = isTest ? test.group(2) : code;
                    if (where.isEmpty() || (method != null && !declares(where, method))) {
                        missing.add(page.path() + ": " + code);
                    }
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(70);
    }

    @Test
    void eachClassThatTheMapAndTheDecisionsNameIsThere() throws IOException {
        Set<String> classes = files(".java").stream().map(PagesTest::simpleName).collect(Collectors.toSet());

        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Page page : pages()) {
            if (page.path().equals(MAP) || page.path().startsWith(DECISIONS)) {
                for (String code : page.code().toList()) {
                    Matcher type = TYPE.matcher(code);
                    if (type.matches()) {
                        named++;
                        if (!classes.contains(type.group(1))) {
                            missing.add(page.path() + ": " + code);
                        }
                    }
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    @Test
    void eachLinkLeadsToWhatIsThere() throws IOException {
        List<String> broken = new ArrayList<>();
        int followed = 0;
        for (Page page : pages()) {
            for (MatchResult link : LINK.matcher(page.text()).results().toList()) {
                String to = link.group(1);
                if (to.matches("[a-z]+:.*")) {
                    continue;
                }
                followed++;
                String[] parts = to.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? page.path()
                        : Path.of("")
                                .resolve(page.path())
                                .resolveSibling(parts[0])
                                .normalize();
                if (!Files.exists(target)
                        || (parts.length > 1 && !Page.read(target).anchors().contains(parts[1]))) {
                    broken.add(page.path() + ": " + to);
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(followed).isGreaterThan(60);
    }

    /** Each page of the project, the change log included. */
    private static List<Page> pages() throws IOException {
        return files(".md").stream().map(Page::read).toList();
    }

    private static String classNamed(List<Path> files, String simpleName) {
        return files.stream()
                .filter(file -> simpleName(file).equals(simpleName))
                .map(PagesTest::text)
                .collect(Collectors.joining("\n"));
    }

    private static boolean declares(String source, String method) {
        return Pattern.compile("\\bvoid " + method + "\\(").matcher(source).find();
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replaceFirst("\\.java$", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the project whose names end so; what is built or hidden is left out. */
    private static List<Path> files(String end) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(Path.of("."), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.normalize().getFileName().toString();
                return name.equals("target") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(end)) {
                    files.add(file.normalize());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
