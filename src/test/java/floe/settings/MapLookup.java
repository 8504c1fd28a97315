package floe.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings from a map, for tests that need no Camel. */
public record MapLookup(Map<String, String> values) implements Lookup {

    @Override
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public Set<String> keys() {
        return values.keySet();
    }
}
