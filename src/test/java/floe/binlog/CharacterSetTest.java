package floe.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each character set that the server knows, against what a SELECT gives a client that speaks utf8mb4. */
class CharacterSetTest {

    /** With this system property the files of the character sets are written anew instead of compared. */
    private static final String WRITE = "floe.charsets.write";

    private static final Path FILES = Path.of("src/main/resources/floe/binlog/charsets");

    private static MySqlServer mysql;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        mysql = new MySqlServer(MySqlSettings.defaults()).start();
        connection = mysql.connection();
        execute(
                "CREATE DATABASE s",
                "USE s",
                "SET character_set_results = utf8mb4, sql_mode = '', cte_max_recursion_depth = 100000, sql_log_bin = 0");
    }

    @AfterAll
    static void end() throws Exception {
        connection.close();
        mysql.close();
    }

    @Test
    void everySetOfTheServerIsKnownAndNoOther() throws Exception {
        assertThat(sets().keySet())
                .hasSize(41)
                .allSatisfy(set -> assertThat(CharacterSet.of(set)).as(set).isPresent());
        assertThat(CharacterSet.of("utf8mb3")).isPresent();
        assertThat(CharacterSet.of("klingon")).isEmpty();
        assertThat(CharacterSet.of("../charsets/latin1")).isEmpty();
    }

    /**
     * The files are what the server says. To write them anew, for a character set that a later MySQL maps differently:
     * {@code ./mvnw test -Dtest=CharacterSetTest -Dfloe.charsets.write=true}, and look at the difference.
     */
    @Test
    void theFilesAreWhatTheServerSays() throws Exception {
        for (Map.Entry<String, Integer> set : sets().entrySet()) {
            if (isMade(set.getKey())) {
                // Codes that are not well formed are NULL in it.
                execute("SET sql_mode = 'STRICT_TRANS_TABLES'");
                String asked = CharacterSetFile.of(set.getKey(), set.getValue(), connection);
                execute("SET sql_mode = ''");
                if (Boolean.getBoolean(WRITE)) {
                    Files.writeString(FILES.resolve(set.getKey() + ".txt"), asked);
                } else {
                    assertThat(file(set.getKey())).as(set.getKey()).isEqualTo(asked);
                }
            }
        }
    }

    /** What MySQL keeps in a column and gives a client: all single bytes, all pairs, all triples that are characters. */
    @Test
    void everyCodeIsWhatAClientSees() throws Exception {
        for (Map.Entry<String, Integer> set : sets().entrySet()) {
            if (set.getKey().equals("binary")) {
                continue;
            }
            compare(set.getKey(), "SELECT n FROM numbers", 0, 256);
            if (set.getValue() > 1) {
                compare(set.getKey(), "SELECT n FROM numbers", 256, 65_536 - 256);
            }
            if (set.getValue() == 3 && isMade(set.getKey())) {
                compare(set.getKey(), "SELECT n FROM numbers", 0x8f_0000, 0x1_0000);
            }
        }
    }

    /** Random characters of four bytes and all of the first planes, in the sets that have them. */
    @Test
    void longCodesAreWhatAClientSees() throws Exception {
        for (String set : List.of("utf8mb4", "utf8", "utf16", "utf16le", "utf32", "gb18030")) {
            compare(set, "SELECT CONVERT(CHAR(n USING utf32) USING " + set + ") FROM numbers", 1, 0x1_0000);
            compare(set, "SELECT CONVERT(CHAR(n * 19 USING utf32) USING " + set + ") FROM numbers", 3000, 55_000);
        }
        Random random = new Random(7);
        for (String set : List.of("gb18030", "utf32", "utf16", "utf16le", "utf8mb4")) {
            execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (c VARCHAR(4) CHARACTER SET " + set + ")");
            StringBuilder insert = new StringBuilder("INSERT INTO t VALUES ");
            for (int i = 0; i < 3000; i++) {
                insert.append(i == 0 ? "(CHAR(" : ", (CHAR(")
                        .append(
                                set.equals("gb18030")
                                        ? (0x81L + random.nextInt(126)) << 24
                                                | (0x30L + random.nextInt(10)) << 16
                                                | (0x81L + random.nextInt(126)) << 8
                                                | 0x30L + random.nextInt(10)
                                        : random.nextInt() & 0xffff_ffffL)
                        .append(" USING ")
                        .append(set)
                        .append("))");
            }
            execute(insert.toString(), "DELETE FROM t WHERE c IS NULL");
            compareColumn(set);
        }
    }

    /** The server sends halves of characters as they are, which no line can hold. */
    @Test
    void halvesOfCharactersAreJoinedOrQuestionMarks() {
        assertThat(text("ucs2", 0xd8, 0x3d, 0xde, 0x00)).isEqualTo("😀");
        assertThat(text("ucs2", 0, 'a', 0xde, 0x00, 0xd8, 0x3d, 0, 'b', 0xd8, 0x3d))
                .isEqualTo("a??b?");
        assertThat(text("utf32", 0, 0, 0xd8, 0x3d, 0, 0, 0, 'b')).isEqualTo("?b");
    }

    private static String text(String set, int... bytes) {
        byte[] text = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            text[i] = (byte) bytes[i];
        }
        return CharacterSet.of(set).orElseThrow().text(text);
    }

    /** Text that is cut or not well formed cannot be in a column, and must not make anything worse than question marks. */
    @Test
    void whatIsNotWellFormedGivesSomething() throws Exception {
        Random random = new Random(11);
        for (String name : sets().keySet()) {
            CharacterSet set = CharacterSet.of(name).orElseThrow();
            for (int i = 0; i < 2000; i++) {
                byte[] bytes = new byte[random.nextInt(12)];
                random.nextBytes(bytes);
                byte[] into = new byte[bytes.length * CharacterSet.MOST_PER_BYTE];
                int end = set.toUtf8(bytes, 0, bytes.length, into, 0);

                String text = new String(into, 0, end, UTF_8);
                assertThat(text.getBytes(UTF_8)).as(name).isEqualTo(Arrays.copyOf(into, end));
            }
        }
    }

    private static void compare(String set, String select, int first, int count) throws SQLException {
        execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (c VARCHAR(4) CHARACTER SET " + set + ")");
        String code = select.equals("SELECT n FROM numbers") ? "SELECT CHAR(n USING " + set + ") FROM numbers" : select;
        execute("INSERT INTO t WITH RECURSIVE numbers (n) AS (SELECT " + first
                + " UNION ALL SELECT n + 1 FROM numbers WHERE n < " + (first + count - 1) + ") " + code);
        execute("DELETE FROM t WHERE c IS NULL");
        compareColumn(set);
    }

    private static void compareColumn(String set) throws SQLException {
        CharacterSet known = CharacterSet.of(set).orElseThrow();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT CAST(c AS BINARY), c FROM t")) {
            List<String> different = new ArrayList<>();
            int count = 0;
            while (found.next()) {
                byte[] raw = found.getBytes(1);
                byte[] into = new byte[raw.length * CharacterSet.MOST_PER_BYTE];
                int end = known.toUtf8(raw, 0, raw.length, into, 0);
                String text = new String(into, 0, end, UTF_8);
                byte[] sent = found.getBytes(2);
                if (sent.length == 3 && (sent[0] & 0xff) == 0xed && (sent[1] & 0xff) >= 0xa0) {
                    // Half a character, which is no UTF-8.
                    sent = new byte[] {'?'};
                }
                String shown = new String(sent, UTF_8);
                boolean claimed = known.isUtf8(raw, 0, raw.length);
                if (!text.equals(shown) || (claimed && !new String(raw, UTF_8).equals(shown))) {
                    different.add(HexFormat.of().formatHex(raw) + " " + text + " " + shown);
                }
                count++;
            }
            assertThat(different).as(set + " of " + count).isEmpty();
            assertThat(count).as(set).isPositive();
        }
    }

    private static Map<String, Integer> sets() throws SQLException {
        Map<String, Integer> sets = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SHOW CHARACTER SET")) {
            while (found.next()) {
                sets.put(found.getString("Charset"), found.getInt("Maxlen"));
            }
        }
        return sets;
    }

    private static boolean isMade(String set) {
        return !set.startsWith("utf") && !set.equals("ucs2") && !set.equals("binary");
    }

    private static String file(String set) throws Exception {
        try (InputStream file = CharacterSet.class.getResourceAsStream("charsets/" + set + ".txt")) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
