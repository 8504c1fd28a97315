package local.life;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A web shop, a ticket system, an employee database and a content management system, as files of statements. */
final class Schemas {

    /** The names of the schemas. */
    static final List<String> NAMES = List.of("shop", "tickets", "staff & co", "cms");

    private static final List<String> FILES = List.of("shop.sql", "tickets.sql", "staff.sql", "cms.sql");
    private static final Pattern END = Pattern.compile(";\\s*$", Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile("^--.*$", Pattern.MULTILINE);
    private static final Pattern CASCADE = Pattern.compile(" ON (DELETE|UPDATE) (CASCADE|SET NULL)");

    private Schemas() {}

    /**
     * Creates them anew.
     *
     * @param cascades whether foreign keys may change rows that no statement names; without, they forbid it
     */
    static void create(Connection connection, boolean cascades) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET sql_mode = '', foreign_key_checks = 0");
            for (String name : NAMES) {
                statement.execute("DROP DATABASE IF EXISTS `" + name + "`");
            }
            statement.execute("SET foreign_key_checks = 1");
            for (String file : FILES) {
                for (String sql : statements(file).toList()) {
                    execute(statement, cascades ? sql : CASCADE.matcher(sql).replaceAll(""));
                }
            }
        }
    }

    private static void execute(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + ": " + sql, e.getSQLState(), e.getErrorCode(), e);
        }
    }

    private static Stream<String> statements(String file) {
        try (InputStream resource = Schemas.class.getResourceAsStream("/life/" + file)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return END.splitAsStream(COMMENT.matcher(text).replaceAll(""))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
