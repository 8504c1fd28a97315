package floe.snowflake;

import floe.change.TableId;
import java.util.Optional;

/** Has the sources of tables read again whose rows are missing. May be used by several threads. */
public interface Rereads {

    /** Nobody does, unless a person does. */
    Rereads BY_HAND = (source, cause) -> Optional.of("; run 'floe setup', and then 'floe snapshot' for its source");

    /**
     * Has {@code source} read again, once for each cause, and tells when it may be relied on.
     *
     * @param cause a text that is the same as long as the rows are missing for the same reason
     * @return what is lacking until then, as the rest of a sentence; nothing once all rows will come, whatever crashes
     */
    Optional<String> lacking(TableId source, String cause);
}
