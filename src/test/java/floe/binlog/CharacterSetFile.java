package floe.binlog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;

/**
 * Makes the file of a character set, {@code src/main/resources/floe/binlog/charsets/<name>.txt}, from what a MySQL server
 * says. Its lines are in the order of the codes, of two forms: the first code of several that follow each other and
 * their characters, {@code 8140 丂丄丅}; or the first and the last code and the first of as many characters that follow each other,
 * {@code 00-7f 0000}. Codes without a character are in no line.
 */
final class CharacterSetFile {

    private static final int SHORTEST_RANGE = 5;

    private final TreeMap<Long, Integer> characters = new TreeMap<>();

    /** The text of the file for this character set. */
    static String of(String set, int mostBytes, Connection connection) throws SQLException {
        CharacterSetFile file = new CharacterSetFile();
        file.ask(set, 0, 256, "n", connection);
        if (mostBytes > 1) {
            file.ask(set, 0x80 << 8, 0x80 << 8, "n", connection);
        }
        if (mostBytes == 3) {
            file.ask(set, 0x8f_8000, 0x8000, "n", connection);
        }
        if (mostBytes == 4) {
            for (int lead = 0; lead < 126; lead++) {
                file.ask(
                        set,
                        lead * 12_600,
                        12_600,
                        "((0x81 + n DIV 12600) << 24 | (0x30 + n DIV 1260 MOD 10) << 16 | (0x81 + n DIV 10 MOD 126) << 8"
                                + " | (0x30 + n MOD 10))",
                        connection);
            }
        }
        return file.text();
    }

    private void ask(String set, int first, int count, String code, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION cte_max_recursion_depth = 100000");
            String sql =
                    "WITH RECURSIVE numbers (n) AS (SELECT %d UNION ALL SELECT n + 1 FROM numbers WHERE n < %d), codes (code) AS (SELECT %s FROM numbers)"
                                    .formatted(first, first + count - 1, code)
                            + " SELECT code, HEX(CONVERT(CHAR(code USING " + set + ") USING utf32)) FROM codes";
            try (ResultSet found = statement.executeQuery(sql)) {
                while (found.next()) {
                    String hex = found.getString(2);
                    long number = found.getLong(1);
                    if (hex != null && hex.length() == 8 && (number == '?' || !hex.equals("0000003F"))) {
                        characters.put(number, Integer.parseInt(hex, 16));
                    }
                }
            }
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        var codes = characters.keySet().stream().mapToLong(Long::longValue).toArray();
        int at = 0;
        StringBuilder run = new StringBuilder();
        long next = -1;
        while (at < codes.length) {
            int length = 1;
            while (at + length < codes.length
                    && codes[at + length] == after(codes[at + length - 1])
                    && characters.get(codes[at + length]) == characters.get(codes[at]) + length) {
                length++;
            }
            int character = characters.get(codes[at]);
            if (length >= SHORTEST_RANGE || !isPlain(character)) {
                text.append(run).append(run.length() > 0 ? "\n" : "");
                run.setLength(0);
                text.append("%s-%s %04x\n".formatted(hex(codes[at]), hex(codes[at + length - 1]), character));
                at += length;
                next = -1;
            } else {
                if (codes[at] != next) {
                    text.append(run).append(run.length() > 0 ? "\n" : "");
                    run.setLength(0);
                    run.append(hex(codes[at])).append(' ');
                }
                run.appendCodePoint(character);
                next = after(codes[at]);
                at++;
            }
        }
        return text.append(run).append(run.length() > 0 ? "\n" : "").toString();
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }

    /** Codes of four bytes are counted as GB 18030 counts them. */
    private static long after(long code) {
        if (code <= 0xff_ffffL) {
            return code + 1;
        }
        long d = (code & 0xff) + 1;
        long c = code >> 8 & 0xff;
        long b = code >> 16 & 0xff;
        long a = code >> 24 & 0xff;
        if (d > 0x39) {
            d = 0x30;
            c++;
        }
        if (c > 0xfe) {
            c = 0x81;
            b++;
        }
        if (b > 0x39) {
            b = 0x30;
            a++;
        }
        return a << 24 | b << 16 | c << 8 | d;
    }

    private static String hex(long code) {
        String hex = Long.toHexString(code);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }
}
