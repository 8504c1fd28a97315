package local;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import local.http.AwsClients;
import local.mysql.MySqlServer;
import local.s3.S3Server;
import local.snowflake.SnowflakeServer;
import local.sqs.SqsServer;

/** What Floe must be told to work with stand-ins, stage by stage and part by part, passwords included. */
public final class FloeSettings {

    private static final String ENDPOINT = "uri-endpoint-override";

    private final Map<String, String> settings = new LinkedHashMap<>();

    /** Captures from a server, as the user who is there for that. */
    public FloeSettings capture(MySqlServer mysql, String tables, Path state) {
        return capture(mysql.host(), mysql.port(), mysql.user(), mysql.password(), tables, state);
    }

    /**
     * Captures from whatever is at this address.
     *
     * @param tables source tables, with commas between them
     * @param state the folder that capture keeps its state in
     */
    public FloeSettings capture(String host, int port, String user, String password, String tables, Path state) {
        return set("capture.host", host)
                .set("capture.port", String.valueOf(port))
                .set("capture.user", user)
                .set("capture.password", password)
                .set("capture.tables", tables)
                .set("capture.state", state.toAbsolutePath().toString());
    }

    /** Does not capture. */
    public FloeSettings withoutCapture() {
        return set("capture.enabled", "false");
    }

    /** Has the stream between capture and Firehose. */
    public FloeSettings stream(String name) {
        return set("kinesis.stream", name);
    }

    /** The same, on this server. */
    public FloeSettings stream(URI kinesis, String name) {
        return endpoint("aws2-kinesis", kinesis).stream(name);
    }

    /** Loads from this bucket. */
    public FloeSettings staging(S3Server s3, String bucket) {
        return endpoint("aws2-s3", s3.endpoint())
                .set("camel.component.aws2-s3.force-path-style", "true")
                .set("staging.bucket", bucket);
    }

    /** Is told of staged files by a queue, which is created unless it is there. */
    public FloeSettings queue(SqsServer sqs, String name) {
        return endpoint("aws2-sqs", sqs.endpoint()).set("load.queue", sqs.createQueue(name));
    }

    /**
     * Loads these tables.
     *
     * @param tables source tables, each with its target or without, with commas between them
     */
    public FloeSettings load(String tables) {
        return set("load.tables", tables);
    }

    /** Does not load. */
    public FloeSettings withoutLoad() {
        return set("load.enabled", "false");
    }

    /** Loads into the database that the server begins with. */
    public FloeSettings snowflake(SnowflakeServer snowflake) {
        return set("snowflake.url", snowflake.url())
                .set("snowflake.user", snowflake.user())
                .set("snowflake.password", snowflake.password())
                .set("snowflake.database", SnowflakeServer.DATABASE)
                .set("snowflake.schema", "PUBLIC");
    }

    /** Sets one more, or another value. */
    public FloeSettings set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    private FloeSettings endpoint(String component, URI endpoint) {
        return set(component(component, "override-endpoint"), "true")
                .set(component(component, ENDPOINT), endpoint.toString());
    }

    /**
     * All that was set, to be changed at will. The keys for AWS are not among it: the AWS SDK takes them from {@code
     * AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}, and any will do.
     */
    public Map<String, String> asMap() {
        return new LinkedHashMap<>(settings);
    }

    /** The same with keys for AWS, for a process whose environment has none. */
    public Map<String, String> withAwsKeys() {
        return withAwsKeys(asMap());
    }

    /** Adds keys for AWS to settings, for the services that are stand-ins. */
    public static Map<String, String> withAwsKeys(Map<String, String> settings) {
        for (String component : List.of("aws2-s3", "aws2-sqs", "aws2-kinesis")) {
            if (settings.containsKey(component(component, ENDPOINT))) {
                settings.put(component(component, "use-default-credentials-provider"), "false");
                settings.put(component(component, "access-key"), AwsClients.KEY);
                settings.put(component(component, "secret-key"), AwsClients.KEY);
            }
        }
        return settings;
    }

    private static String component(String component, String option) {
        return "camel.component." + component + "." + option;
    }
}
