package floe.templates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A procedure call in configuration, such as {@code CALL insert_procedure(:?PersonID, :?FullName)}.
 *
 * @param key the setting that holds it
 */
public record CallTemplate(String key, String sql) {

    /** The parameter that is the position of the change. */
    public static final String POSITION = "_position";

    /** The parameter that is the schema of its table. */
    public static final String SCHEMA = "_schema";

    /** The parameter that is the name of its table. */
    public static final String TABLE = "_table";

    /** The parameters that a call for any change may have; all others are columns of a row. */
    static final List<String> OF_EVERY_CHANGE = List.of(POSITION, SCHEMA, TABLE);

    /** A named parameter of camel-jdbc. */
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    /** The names of its parameters. */
    public Set<String> parameters() {
        return PARAMETER
                .matcher(sql)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
