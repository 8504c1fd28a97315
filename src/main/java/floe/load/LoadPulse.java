package floe.load;

import floe.health.Pulse;
import floe.health.Stage;
import floe.settings.Configured;
import floe.settings.Settings;
import floe.staging.StagedFile;

/** The signs of life of the files that are being loaded, each on its own. */
public class LoadPulse extends Configured {

    private Stage stage;

    public LoadPulse() {
        super("load.enabled");
    }

    @Override
    protected void configure(Settings settings) {
        // The stage is asked for when there is a file: it may come into the registry after this.
    }

    /** The file is asked for. */
    public void opening(StagedFile file) {
        pulse(file).beat("opening it");
    }

    /** More of the file is read. */
    void reading(StagedFile file) {
        pulse(file).beat("reading its lines");
    }

    /** The step is taken. */
    public void taking(Step step) {
        pulse(step.file()).beat(step.doing());
    }

    /** The step could not be taken, and may be tried again. */
    public void failed(Step step, Throwable failure) {
        pulse(step.file()).waiting(step.doing() + ": " + Reason.of(failure));
    }

    /** The file goes to the archive. */
    public void archiving(StagedFile file) {
        pulse(file).beat("moving it to the archive");
    }

    /** The file is no longer worked on. */
    public void end(StagedFile file) {
        stage().end(file.key());
    }

    private Pulse pulse(StagedFile file) {
        return stage().pulse(file.key());
    }

    private synchronized Stage stage() {
        if (stage == null) {
            stage = getCamelContext().getRegistry().lookupByNameAndType("loadStage", Stage.class);
        }
        return stage;
    }
}
