package floe.settings;

import java.util.Optional;
import java.util.Set;

/** Where settings come from: Camel's properties in the application, a map in tests. */
public interface Lookup {

    /** What is set under {@code key}, with placeholders resolved; nothing if it is not set. */
    Optional<String> value(String key);

    /** All keys that are set, whoever they belong to; a source that only answers by key, as the environment, is left out. */
    Set<String> keys();
}
