package floe.kinesis;

import floe.aws.AwsClients;
import floe.change.StoredMarks;
import floe.health.Stage;
import floe.metrics.CaptureMeters;

/**
 * The stream that capture writes to: the client of camel-aws2-kinesis, used through {@link OrderedPuts} because the
 * component's own producer puts a whole batch under one partition key and cannot say which records failed.
 */
public final class KinesisStream {

    private final AwsClients clients;
    private final StreamSettings settings;
    private final Stage stage;
    private final CaptureMeters meters;
    /** Of the run that goes on; null before it begins. */
    private volatile RunMarks run;

    /**
     * @param stage is given a pulse for each put, which beats when Kinesis takes a record
     * @param meters count records and calls
     */
    public KinesisStream(AwsClients clients, StreamSettings settings, Stage stage, CaptureMeters meters) {
        this.clients = clients;
        this.settings = settings;
        this.stage = stage;
        this.meters = meters;
    }

    /**
     * Returns when every line is stored, in its turn; see {@link OrderedPuts#put}.
     *
     * @return what is stored by then of the run that these lines belong to
     */
    public StoredMarks put(Lines lines) throws InterruptedException {
        lines.turn().await();
        RunMarks marks =
                run == null ? new RunMarks(settings.stream(), settings.limits().lanes()) : run;
        // It ends here unless all of it is stored.
        run = null;
        String work = "putting records on the stream " + settings.stream();
        try {
            new OrderedPuts(
                            clients.kinesis(settings.stream()),
                            settings.stream(),
                            settings.limits(),
                            marks,
                            stage.pulse(work),
                            meters)
                    .put(lines);
        } finally {
            stage.end(work);
        }
        run = marks;
        return marks.stored();
    }
}
