package floe.mysql;

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
}
