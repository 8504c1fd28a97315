package floe.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the server keeps its binlog files, hence how long capture may be away.
 *
 * <p>On RDS the variables have no effect: it deletes the files by {@code binlog retention hours} in
 * {@code mysql.rds_configuration}, and as soon as possible while that is NULL, which is the default (RDS User Guide,
 * "mysql.rds_set_configuration").
 */
final class BinlogRetention {

    private static final Duration LEAST = Duration.ofDays(1);
    private static final String WHAT = "The binlog retention";
    private static final String SHOULD_BE = "at least a day, as capture cannot be away for longer than it";
    private static final String SET_ON_RDS = "CALL mysql.rds_set_configuration('binlog retention hours', 168)";

    /** Where RDS installs MySQL. */
    private static final String RDS_FOLDER = "/rdsdbbin";

    private static final String RDS_IS_THERE = "SELECT COUNT(*) FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA = 'mysql' AND TABLE_NAME = 'rds_configuration'";
    private static final String RDS_HOURS =
            "SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'";

    private BinlogRetention() {}

    /** A finding if the files are kept for less than a day, or it cannot be seen how long. */
    static Optional<Finding> check(Connection connection, ServerVariables variables) throws SQLException {
        if (showsRdsConfiguration(connection)) {
            return findingFor(rdsRetention(connection), SET_ON_RDS);
        }
        if (variables.value("basedir").orElse("").startsWith(RDS_FOLDER)) {
            return Optional.of(Finding.warn(
                    WHAT,
                    "not visible to this user",
                    SHOULD_BE,
                    "CALL mysql.rds_show_configuration, and " + SET_ON_RDS));
        }
        return byVariables(variables)
                .flatMap(kept -> findingFor(kept, "SET PERSIST binlog_expire_logs_seconds = 604800"));
    }

    private static Optional<Finding> findingFor(Duration kept, String howToFix) {
        return kept.compareTo(LEAST) < 0
                ? Optional.of(Finding.warn(WHAT, kept.toSeconds() + " seconds", SHOULD_BE, howToFix))
                : Optional.empty();
    }

    private static boolean showsRdsConfiguration(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RDS_IS_THERE);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private static Duration rdsRetention(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RDS_HOURS)) {
            return Duration.ofHours(row.next() ? row.getLong(1) : 0);
        }
    }

    /** Empty if files are kept for ever. The seconds, or where they are 0 or unknown the days; 0 in both keeps the files (MySQL manual, the variables). */
    private static Optional<Duration> byVariables(ServerVariables variables) {
        if (variables.value("binlog_expire_logs_auto_purge").orElse("ON").equals("OFF")) {
            return Optional.empty();
        }
        Duration seconds = Duration.ofSeconds(number(variables, "binlog_expire_logs_seconds"));
        Duration days = Duration.ofDays(number(variables, "expire_logs_days"));
        return Optional.of(seconds.isZero() ? days : seconds).filter(time -> !time.isZero());
    }

    private static long number(ServerVariables variables, String variable) {
        return variables.value(variable).map(Long::valueOf).orElse(0L);
    }
}
