package floe.capture;

import java.util.Map;

/** Makes the source that an endpoint reads from. */
public interface BinlogSources {

    /**
     * The source of the captured tables.
     *
     * @param name that of the endpoint
     * @param options of the endpoint, all of which are the source's
     */
    BinlogSource named(String name, Map<String, Object> options) throws Exception;
}
