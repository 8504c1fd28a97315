package local.snowflake.catalog;

import java.util.Map;

/** The session parameters the driver reads at login, as a new account has them; results are JSON, not Arrow. */
public final class SessionParameters {

    public static final String SERVER_VERSION = "9.30.0";

    static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("AUTOCOMMIT", true),
            Map.entry("CLIENT_MEMORY_LIMIT", 1536),
            Map.entry("CLIENT_PREFETCH_THREADS", 4),
            Map.entry("CLIENT_RESULT_CHUNK_SIZE", 160),
            Map.entry("CLIENT_SESSION_KEEP_ALIVE", false),
            Map.entry("CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", 3600),
            Map.entry("CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 0),
            Map.entry("CLIENT_TELEMETRY_ENABLED", false),
            Map.entry("JDBC_TREAT_DECIMAL_AS_INT", true),
            Map.entry("QUERY_CONTEXT_CACHE_SIZE", 5),
            Map.entry("TIMEZONE", "UTC"),
            Map.entry("BINARY_OUTPUT_FORMAT", "HEX"),
            Map.entry("DATE_OUTPUT_FORMAT", "YYYY-MM-DD"),
            Map.entry("TIME_OUTPUT_FORMAT", "HH24:MI:SS.FF9"),
            Map.entry("TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM"),
            Map.entry("TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF9"),
            Map.entry("TIMESTAMP_LTZ_OUTPUT_FORMAT", ""),
            Map.entry("TIMESTAMP_TZ_OUTPUT_FORMAT", ""));

    private SessionParameters() {}

    /** {@code text} in the class of the parameter's default. */
    public static Object value(String name, String text) {
        Object known = DEFAULTS.get(name);
        if (known instanceof Boolean) {
            return Boolean.valueOf(text);
        }
        return known instanceof Integer ? (Object) Integer.valueOf(text) : text;
    }
}
