package local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import local.firehose.DeliveryStream;
import local.firehose.Destination;
import local.kinesis.KinesisServer;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import local.s3.S3Server;
import local.snowflake.SnowflakeServer;
import local.sqs.SqsServer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Everything that Floe talks to, started together and connected as in production. */
public final class LocalWorld implements AutoCloseable {

    /** The Kinesis stream. */
    public static final String STREAM = "changes";

    /** The bucket for staged files, archived files and dead letters. */
    public static final String BUCKET = "floe";

    /** The SQS queue that is told of staged files. */
    public static final String QUEUE = "staged";

    /** The target database in Snowflake. */
    public static final String DATABASE = "CDC_DESTINATION";

    private static final int SHARDS = 2;

    private final MySqlServer mysql;
    private final KinesisServer kinesis;
    private final S3Server s3;
    private final SqsServer sqs;
    private final DeliveryStream firehose;
    private final SnowflakeServer snowflake;

    private LocalWorld(MySqlSettings mysqlSettings, Duration firehoseInterval, Consumer<String> progress)
            throws Exception {
        progress.accept("MySQL");
        mysql = new MySqlServer(mysqlSettings.withProgress(progress)).start();
        progress.accept("Kinesis");
        kinesis = KinesisServer.start();
        kinesis.createStream(STREAM, SHARDS);
        progress.accept("S3");
        s3 = S3Server.start();
        s3.createBucket(BUCKET);
        progress.accept("SQS");
        sqs = SqsServer.start();
        sqs.createQueue(QUEUE);
        s3.notifyOfNewObjects(BUCKET, "staging/", message -> sqs.send(QUEUE, message));
        progress.accept("Firehose");
        KinesisClient stream = kinesis.client();
        S3Client bucket = s3.client();
        firehose = DeliveryStream.start(
                "floe",
                stream,
                STREAM,
                bucket,
                Destination.bucket(BUCKET)
                        .prefix("staging/")
                        .buffering(Destination.DEFAULT_SIZE_IN_BYTES, firehoseInterval)
                        .appendDelimiter(true));
        progress.accept("Snowflake");
        snowflake = SnowflakeServer.start();
        snowflake.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
    }

    /**
     * Starts all of it.
     *
     * @param firehoseInterval how long Firehose gathers records at most; files of 0.2 MiB go earlier
     * @param progress is told the name of each part before it starts
     */
    public static LocalWorld start(Duration firehoseInterval, Consumer<String> progress) throws Exception {
        return start(MySqlSettings.defaults(), firehoseInterval, progress);
    }

    /** The same with other settings of MySQL. */
    public static LocalWorld start(MySqlSettings mysqlSettings, Duration firehoseInterval, Consumer<String> progress)
            throws Exception {
        return new LocalWorld(mysqlSettings, firehoseInterval, progress);
    }

    public MySqlServer mysql() {
        return mysql;
    }

    public KinesisServer kinesis() {
        return kinesis;
    }

    public S3Server s3() {
        return s3;
    }

    public DeliveryStream firehose() {
        return firehose;
    }

    public SnowflakeServer snowflake() {
        return snowflake;
    }

    /**
     * What Floe must be told to work in this world, passwords included. The keys for AWS are not among it: the AWS SDK
     * takes them from {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}, and any will do.
     *
     * @param tables the setting {@code load.tables}: source tables with their targets
     * @param state the folder that capture keeps its state in
     */
    public Map<String, String> settings(String tables, Path state) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("capture.host", mysql.host());
        settings.put("capture.port", String.valueOf(mysql.port()));
        settings.put("capture.user", mysql.user());
        settings.put("capture.password", mysql.password());
        settings.put("capture.tables", tables.replaceAll("\\s*->[^,]*", ""));
        settings.put("capture.state", state.toAbsolutePath().toString());
        settings.put("load.tables", tables);
        settings.put("load.poll-interval", "500ms");
        settings.put("kinesis.stream", STREAM);
        settings.put("staging.bucket", BUCKET);
        settings.put("load.queue", sqs.createQueue(QUEUE));
        settings.put("snowflake.url", snowflake.url());
        settings.put("snowflake.user", snowflake.user());
        settings.put("snowflake.password", snowflake.password());
        settings.put("snowflake.database", DATABASE);
        settings.put("snowflake.schema", "PUBLIC");
        aws(settings, "aws2-kinesis", kinesis.endpoint().toString());
        aws(settings, "aws2-s3", s3.endpoint().toString());
        aws(settings, "aws2-sqs", sqs.endpoint().toString());
        settings.put("camel.component.aws2-s3.force-path-style", "true");
        return settings;
    }

    /** Adds keys for AWS to settings, for a process whose environment has none; the local world takes any. */
    public static void withAwsKeys(Map<String, String> settings) {
        for (String component : List.of("aws2-s3", "aws2-sqs", "aws2-kinesis")) {
            settings.put("camel.component." + component + ".use-default-credentials-provider", "false");
            settings.put("camel.component." + component + ".access-key", S3Server.ACCESS_KEY);
            settings.put("camel.component." + component + ".secret-key", S3Server.SECRET_KEY);
        }
    }

    private static void aws(Map<String, String> settings, String component, String endpoint) {
        String prefix = "camel.component." + component + ".";
        settings.put(prefix + "override-endpoint", "true");
        settings.put(prefix + "uri-endpoint-override", endpoint);
    }

    @Override
    public void close() throws Exception {
        firehose.kill();
        snowflake.close();
        s3.close();
        sqs.close();
        kinesis.close();
        mysql.close();
    }
}
