package floe.load;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A procedure call in configuration, such as {@code CALL insert_procedure(:?PersonID, :?FullName)}.
 *
 * @param key the setting that holds it
 */
record CallTemplate(String key, String sql) {

    /** A named parameter of camel-jdbc. */
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    /** The names of its parameters. */
    Set<String> parameters() {
        return PARAMETER
                .matcher(sql)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
