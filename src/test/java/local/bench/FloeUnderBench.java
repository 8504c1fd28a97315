package local.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import local.FloeProcess;
import local.FloeSettings;
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
        FloeSettings settings = new FloeSettings()
                .withoutLoad().capture(mysql, Backlog.TABLE, run(bench).resolve("state")).stream(kinesis, "changes")
                        .set("oversize.bucket", BUCKET);
        return process(bench, settings);
    }

    /** Loads the tables of {@link StagedEvents} into tables of their names in {@code PUBLIC}. */
    FloeProcess loading(String bench, S3Server s3, SnowflakeServer snowflake) throws IOException {
        FloeSettings settings = new FloeSettings()
                .withoutCapture()
                .load(Backlog.TABLE + "*")
                .set("load.poll-interval", "500ms")
                .staging(s3, BUCKET)
                .snowflake(snowflake);
        return process(bench, settings);
    }

    private FloeProcess process(String bench, FloeSettings settings) throws IOException {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        if (profile) {
            options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + run(bench).resolve("floe.jfr").toAbsolutePath());
        }
        return new FloeProcess(run(bench), settings.asMap(), options.toArray(String[]::new));
    }
}
