package routes;

import java.util.HashMap;
import java.util.Map;
import local.s3.S3Server;
import local.snowflake.SnowflakeServer;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** The load stage as it runs in production, from the application's own properties and what a test sets beside them. */
final class LoadStage implements AutoCloseable {

    private final Map<String, String> settings = new HashMap<>();
    private CamelMainApplication application;

    LoadStage(S3Server s3, String bucket, SnowflakeServer snowflake) {
        set("capture.enabled", "false");
        set("staging.bucket", bucket);
        set("load.poll-interval", "100");
        set("load.retries", "2");
        set("load.retry-delay", "10ms");
        set("load.longest-pause", "200");
        set("camel.component.aws2-s3.override-endpoint", "true");
        set("camel.component.aws2-s3.uri-endpoint-override", s3.endpoint().toString());
        set("camel.component.aws2-s3.force-path-style", "true");
        set("camel.component.aws2-s3.use-default-credentials-provider", "false");
        set("camel.component.aws2-s3.access-key", S3Server.ACCESS_KEY);
        set("camel.component.aws2-s3.secret-key", S3Server.SECRET_KEY);
        set("camel.main.shutdown-timeout", "5");
        set("snowflake.url", snowflake.url());
        set("snowflake.user", snowflake.user());
        set("snowflake.password", snowflake.password());
        set("snowflake.database", SnowflakeServer.DATABASE);
        set("snowflake.schema", "PUBLIC");
    }

    LoadStage set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    LoadStage start() throws Exception {
        application = new CamelMainApplication(settings);
        return this;
    }

    CamelContext camel() {
        return application.camel();
    }

    /** What the stage's own health check says now. */
    HealthCheck.Result health() {
        return HealthCheckHelper.invoke(camel()).stream()
                .filter(result -> "load".equals(result.getCheck().getId()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        if (application != null) {
            application.close();
        }
    }
}
