package floe.mysql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The server's collations, by their numbers. */
public final class Collations {

    private final Map<Integer, String> charsets;

    private Collations(Map<Integer, String> charsets) {
        this.charsets = charsets;
    }

    /** Asks the server. */
    public static Collations read(Connection connection) throws SQLException {
        Map<Integer, String> charsets = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT ID, CHARACTER_SET_NAME FROM information_schema.COLLATIONS")) {
            while (rows.next()) {
                charsets.put(rows.getInt(1), rows.getString(2));
            }
        }
        return new Collations(charsets);
    }

    /** The name of a collation's character set; null if the server has no such collation. */
    public String charset(int collation) {
        return charsets.get(collation);
    }

    /**
     * What reads a statement in a collation's character set; null if nothing does. Only names matter there, and a client's
     * set is one of few: MySQL refuses those that are no superset of ASCII.
     */
    public Charset javaCharset(int collation) {
        String name = charsets.getOrDefault(collation, "");
        return switch (name) {
            case "utf8mb4", "utf8mb3", "utf8", "ascii", "binary" -> StandardCharsets.UTF_8;
            case "latin1" -> named("windows-1252");
            case "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866" -> named(name);
            case "latin2" -> named("ISO-8859-2");
            case "latin5" -> named("ISO-8859-9");
            case "latin7" -> named("ISO-8859-13");
            case "greek" -> named("ISO-8859-7");
            case "hebrew" -> named("ISO-8859-8");
            case "koi8r" -> named("KOI8-R");
            case "koi8u" -> named("KOI8-U");
            case "gbk" -> named("GBK");
            case "gb2312" -> named("GB2312");
            case "gb18030" -> named("GB18030");
            case "big5" -> named("Big5");
            case "euckr" -> named("EUC-KR");
            case "ujis", "eucjpms" -> named("EUC-JP");
            case "sjis", "cp932" -> named("windows-31j");
            default -> null;
        };
    }

    private static Charset named(String name) {
        return Charset.isSupported(name) ? Charset.forName(name) : null;
    }
}
