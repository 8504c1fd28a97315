package routes;

import local.FloeSettings;
import local.s3.S3Server;
import local.snowflake.SnowflakeServer;
import local.sqs.SqsServer;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** The load stage as it runs in production, from the application's own properties and what a test sets beside them. */
final class LoadStage implements AutoCloseable {

    private final FloeSettings settings;
    private CamelMainApplication application;

    LoadStage(S3Server s3, String bucket, SnowflakeServer snowflake) {
        settings = new FloeSettings()
                .withoutCapture()
                .staging(s3, bucket)
                .snowflake(snowflake)
                .set("load.poll-interval", "100")
                .set("load.retries", "2")
                .set("load.retry-delay", "10ms")
                .set("load.longest-pause", "200")
                .set("camel.main.shutdown-timeout", "5");
    }

    /** Has it told of staged files by a queue. */
    LoadStage queue(SqsServer sqs, String name) {
        settings.queue(sqs, name);
        return this;
    }

    LoadStage set(String key, String value) {
        settings.set(key, value);
        return this;
    }

    LoadStage start() throws Exception {
        application = new CamelMainApplication(settings.withAwsKeys());
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
