package local;

import java.nio.file.Path;
import java.time.Duration;
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
    public static final String DATABASE = SnowflakeServer.DATABASE;

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
     * What Floe must be told to work in this world, but for the keys for AWS: see {@link FloeSettings#asMap()}.
     *
     * @param tables the setting {@code load.tables}: source tables with their targets
     * @param state the folder that capture keeps its state in
     */
    public Map<String, String> settings(String tables, Path state) {
        return new FloeSettings()
                .capture(mysql, tables.replaceAll("\\s*->[^,]*", ""), state).stream(kinesis.endpoint(), STREAM)
                        .staging(s3, BUCKET)
                        .queue(sqs, QUEUE)
                        .load(tables)
                        .set("load.poll-interval", "500ms")
                        .snowflake(snowflake)
                        .asMap();
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
