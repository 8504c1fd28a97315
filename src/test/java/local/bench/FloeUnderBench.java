package local.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import local.FloeProcess;
import local.mysql.MySqlServer;
import local.s3.S3Server;
import local.snowflake.SnowflakeServer;

/**
 * The packaged application as it is measured.
 *
 * @param folder each run has a folder of its own in it
 * @param profile whether to record what the JVM does
 */
record FloeUnderBench(Path folder, boolean profile) {

    static final String BUCKET = "floe";

    /** A heap that fits the memory that k8s/ gives to a container. */
    static final List<String> JVM_OPTIONS = List.of("-Xmx448m", "-XX:+UseParallelGC");

    /** The folder of a run. */
    Path run(String bench) {
        return folder.resolve(bench);
    }

    /** Captures {@link Backlog#TABLE}, with its state in {@code state} of the run's folder. */
    FloeProcess capturing(String bench, MySqlServer mysql, URI kinesis) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("load.enabled", "false");
        settings.put("capture.host", mysql.host());
        settings.put("capture.port", String.valueOf(mysql.port()));
        settings.put("capture.user", mysql.user());
        settings.put("capture.password", mysql.password());
        settings.put("capture.tables", Backlog.TABLE);
        settings.put(
                "capture.state", run(bench).resolve("state").toAbsolutePath().toString());
        settings.put("kinesis.stream", "changes");
        settings.put("oversize.bucket", BUCKET);
        settings.put("camel.component.aws2-kinesis.override-endpoint", "true");
        settings.put("camel.component.aws2-kinesis.uri-endpoint-override", kinesis.toString());
        return process(bench, settings);
    }

    /** Loads into the table {@code PUBLIC.Persons}. */
    FloeProcess loading(String bench, S3Server s3, SnowflakeServer snowflake) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("capture.enabled", "false");
        settings.put("load.tables", Backlog.TABLE);
        settings.put("load.poll-interval", "500ms");
        settings.put("staging.bucket", BUCKET);
        settings.put("snowflake.url", snowflake.url());
        settings.put("snowflake.user", snowflake.user());
        settings.put("snowflake.password", snowflake.password());
        settings.put("snowflake.database", SnowflakeServer.DATABASE);
        settings.put("snowflake.schema", "PUBLIC");
        settings.put("camel.component.aws2-s3.override-endpoint", "true");
        settings.put(
                "camel.component.aws2-s3.uri-endpoint-override", s3.endpoint().toString());
        settings.put("camel.component.aws2-s3.force-path-style", "true");
        return process(bench, settings);
    }

    private FloeProcess process(String bench, Map<String, String> settings) throws IOException {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        if (profile) {
            options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + run(bench).resolve("floe.jfr").toAbsolutePath());
        }
        return new FloeProcess(run(bench), settings, options.toArray(String[]::new));
    }
}
