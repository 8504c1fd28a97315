package floe.load;

import floe.change.Change;
import floe.progress.Work;
import floe.snowflake.TableUnready;
import floe.staging.StagedLine;
import java.util.List;

/** Turns the changes of one file into calls, in their order. */
interface Gathering {

    /**
     * Takes the next change.
     *
     * @return the calls that are now complete, and what is to be kept of the change if only a part of it is fit
     * @throws floe.change.UnfitChange if the change is unfit
     * @throws floe.snowflake.WarehouseUnwell if its target cannot take any change now
     */
    List<? extends Work> take(StagedLine line, Change change);

    /** Why tables cannot take changes, of which calls told that were made for this file. */
    List<TableUnready> unready();

    /** The calls that wait for more changes when there are no more. */
    List<? extends Call> rest();
}
