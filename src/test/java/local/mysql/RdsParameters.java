package local.mysql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options under which the stand-in runs: the parameter group that Floe asks for on RDS, what RDS itself sets, and
 * small memory so that it starts quickly.
 *
 * <p>Logs are written to the operating system at each commit, so a killed server loses nothing; they are not synced to
 * the disk, so a killed machine may.
 */
final class RdsParameters {
    private RdsParameters() {}

    static Map<String, String> asOptions() {
        Map<String, String> options = new LinkedHashMap<>();

        // What Floe asks for.
        options.put("binlog_format", "ROW");
        options.put("binlog_row_image", "FULL");
        options.put("binlog_row_metadata", "FULL");
        options.put("gtid_mode", "ON");
        options.put("enforce_gtid_consistency", "ON");
        options.put("binlog_expire_logs_seconds", "604800");
        options.put("default_time_zone", "+00:00");
        options.put("character_set_server", "utf8mb4");
        options.put("collation_server", "utf8mb4_0900_ai_ci");

        // What RDS for MySQL 8.0 has. Its native passwords need neither TLS nor a public key to log in.
        options.put("log_bin", "mysql-bin-changelog");
        options.put("default_authentication_plugin", "mysql_native_password");
        options.put("performance_schema", "OFF");
        options.put("mysqlx", "OFF");

        // What makes it small and quick.
        options.put("skip_name_resolve", "ON");
        options.put("innodb_buffer_pool_size", "64M");
        options.put("innodb_log_file_size", "8M");
        options.put("innodb_use_native_aio", "OFF");
        options.put("innodb_buffer_pool_load_at_startup", "OFF");
        options.put("innodb_buffer_pool_dump_at_shutdown", "OFF");
        options.put("innodb_flush_log_at_trx_commit", "2");
        options.put("sync_binlog", "0");
        return options;
    }
}
