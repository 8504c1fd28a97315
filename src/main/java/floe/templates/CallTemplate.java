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

    /** The parameter that says what is told of a snapshot: begin, end or cancelled. */
    public static final String STEP = "_step";

    /** The parameter that is the lane on which a snapshot ends; 0 for other steps. */
    public static final String LANE = "_lane";

    /** The parameter that says how many lanes there are; 0 for other steps. */
    public static final String LANES = "_lanes";

    /** The parameters that a call for any change may have; all others are columns of a row. */
    static final List<String> OF_EVERY_CHANGE = List.of(POSITION, SCHEMA, TABLE);

    /** Those that a call for what is told of a snapshot may have. */
    static final List<String> OF_SNAPSHOTS = List.of(POSITION, SCHEMA, TABLE, STEP, LANE, LANES);

    /** A named parameter of camel-jdbc. */
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    /** Whether it is for all that is told of a snapshot, rather than for its end alone. */
    public boolean takesSteps() {
        return parameters().contains(STEP);
    }

    /** The names of its parameters. */
    public Set<String> parameters() {
        return PARAMETER
                .matcher(sql)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
