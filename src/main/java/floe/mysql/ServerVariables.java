package floe.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The server's global variables by name, and those among them that decide what the binlog has. */
record ServerVariables(Map<String, String> values) {

    private static final String SET = "set it in the RDS parameter group, or in my.cnf";
    private static final String UNKNOWN = "unknown";
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "log_bin",
                    value -> value.equals("ON"),
                    "ON",
                    "turn on automated backups on RDS, or start mysqld with log_bin"),
            new Rule("binlog_format", value -> value.equals("ROW"), "ROW", SET),
            new Rule("binlog_row_image", value -> value.equals("FULL"), "FULL", SET),
            new Rule(
                    "binlog_row_metadata",
                    value -> value.equals("FULL"),
                    "FULL",
                    "set it in the RDS parameter group, or by SET PERSIST binlog_row_metadata = FULL; it needs no restart"),
            new Rule("gtid_mode", value -> value.equals("ON"), "ON", SET + ", with enforce_gtid_consistency"),
            new Rule("binlog_row_value_options", value -> !value.contains("PARTIAL_JSON"), "empty", SET));

    /** What a variable should be; the value of one that this version does not know is {@code unknown}. */
    private record Rule(String variable, Predicate<String> fits, String shouldBe, String howToFix) {

        Optional<Finding> findingFor(ServerVariables variables) {
            Optional<String> value = variables.value(variable);
            if (fits.test(value.orElse(UNKNOWN))) {
                return Optional.empty();
            }
            return Optional.of(value.map(known -> Finding.stop(variable, known, shouldBe, howToFix))
                    .orElseGet(() -> Finding.stop(
                            variable,
                            UNKNOWN + " to MySQL " + variables.value("version").orElse("of this version"),
                            shouldBe,
                            "upgrade to MySQL 8.0.1 or newer, and set it there")));
        }
    }

    static ServerVariables read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
            Map<String, String> values = new HashMap<>();
            while (rows.next()) {
                values.put(rows.getString(1), rows.getString(2));
            }
            return new ServerVariables(values);
        }
    }

    /** The value of a variable, empty if this version does not know it. */
    Optional<String> value(String variable) {
        return Optional.ofNullable(values.get(variable));
    }

    List<Finding> findings() {
        return RULES.stream().flatMap(rule -> rule.findingFor(this).stream()).toList();
    }
}
