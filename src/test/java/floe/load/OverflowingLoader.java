package floe.load;

import floe.change.Change;
import floe.ledger.Ledger;
import floe.oversize.OversizeRows;
import floe.progress.LoadProgress;
import floe.snowflake.Rereads;
import floe.snowflake.TableUnready;
import floe.snowflake.Warehouse;
import floe.staging.Listing;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import floe.staging.StagedLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A loader in whose hands the stack overflows where a file's name says so: while it begins with the file, or while it reads it. */
public final class OverflowingLoader {

    private final Loader loader;
    private final LoadProgress progress;

    /** Of what the loader takes. */
    public OverflowingLoader(
            LoadSettings settings,
            Warehouse warehouse,
            Rereads rereads,
            OversizeRows oversize,
            Ledger ledger,
            LoadProgress progress) {
        this.loader = new Loader(settings, warehouse, rereads, oversize, ledger, progress);
        this.progress = progress;
    }

    /** As the loader does. */
    public void check() {
        loader.check();
    }

    /** As the loader does. */
    public void keepMarks(StagedFile file) {
        loader.keepMarks(file);
    }

    /** As the loader does. */
    public void forgetMarks(StagedFile file) {
        loader.forgetMarks(file);
    }

    /** As the loader does. */
    public void arrived(Listing listing) {
        loader.arrived(listing);
    }

    /** As the loader does, where it can. */
    public Steps steps(StagedFile file, InputStream object) throws IOException {
        if (file.name().contains("begun-badly")) {
            object.close();
            return overflow();
        }
        if (file.name().contains("read-badly")) {
            return new Steps(
                    file,
                    new StagedLines(object, 1_000),
                    new NothingGathered(),
                    any -> "",
                    mark -> {},
                    () -> {
                        progress.reading(file);
                        overflow();
                    },
                    new TablesLeft());
        }
        return loader.steps(file, object);
    }

    private static Steps overflow() {
        throw new StackOverflowError();
    }

    private static final class NothingGathered implements Gathering {

        @Override
        public List<Call> take(StagedLine line, Change change) {
            return List.of();
        }

        @Override
        public List<Call> rest() {
            return List.of();
        }

        @Override
        public List<TableUnready> unready() {
            return List.of();
        }
    }
}
