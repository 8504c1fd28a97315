package floe.snowflake;

import floe.change.TableId;
import java.util.Optional;

/** Has the sources of tables read again whose rows are missing. May be used by several threads. */
public interface Rereads {

    /** Nobody does, unless a person does. */
    Rereads BY_HAND = (source, cause) ->
            Optional.of(new Lacking("run 'floe setup', and then 'floe snapshot' for its source", false));

    /**
     * What is lacking before all rows will come.
     *
     * @param what the rest of a sentence
     * @param comes whether it comes by itself
     */
    record Lacking(String what, boolean comes) {

        TableUnready behind(TableUnready why) {
            String message = why.getMessage() + "; " + what;
            return comes ? new TableWaits(why.source(), message) : new TableUnready(why.source(), message);
        }
    }

    /**
     * Has {@code source} read again, once for each cause, and tells when it may be relied on.
     *
     * @param cause a text that is the same as long as the rows are missing for the same reason
     * @return what is lacking until then; nothing once all rows will come, whatever crashes
     */
    Optional<Lacking> lacking(TableId source, String cause);
}
