package local.snowflake.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import local.snowflake.sql.ObjectName;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType.Family;
import local.snowflake.values.Typed;

/** The stored procedures of the account. Several may share a name if their arguments differ. */
public final class Procedures {

    private static final Set<Family> TIMESTAMPS =
            Set.of(Family.TIMESTAMP_NTZ, Family.TIMESTAMP_LTZ, Family.TIMESTAMP_TZ, Family.DATE);

    private final Map<ObjectName, List<Procedure>> procedures = new ConcurrentHashMap<>();

    void create(Procedure procedure, boolean orReplace, boolean ifNotExists) throws SnowflakeError {
        List<Procedure> named = procedures.computeIfAbsent(procedure.name(), name -> new CopyOnWriteArrayList<>());
        synchronized (named) {
            boolean there = named.stream().anyMatch(other -> other.families().equals(procedure.families()));
            if (there && ifNotExists) {
                return;
            }
            if (there && !orReplace) {
                throw SnowflakeError.objectExists(procedure.signature());
            }
            named.removeIf(other -> other.families().equals(procedure.families()));
            named.add(procedure);
        }
    }

    void drop(ObjectName name, List<Family> families, boolean ifExists) throws SnowflakeError {
        boolean dropped = procedures
                .getOrDefault(name, List.of())
                .removeIf(procedure -> procedure.families().equals(families));
        if (!dropped && !ifExists) {
            throw SnowflakeError.unknownObject("Procedure", name.toString());
        }
    }

    List<Procedure> all() {
        return procedures.values().stream().flatMap(List::stream).toList();
    }

    /** The procedures of a name, whatever their arguments. */
    List<Procedure> named(ObjectName name) {
        return procedures.getOrDefault(name, List.of());
    }

    /** The procedure that takes this many arguments, the one whose types are nearest if there are several. */
    Procedure find(ObjectName name, List<Typed> arguments) throws SnowflakeError {
        if (named(name).isEmpty()) {
            throw SnowflakeError.unknownProcedure(name.toString());
        }
        List<Procedure> fitting = new ArrayList<>();
        for (Procedure procedure : named(name)) {
            int given = arguments.size();
            if (given >= procedure.required() && given <= procedure.arguments().size()) {
                fitting.add(procedure);
            }
        }
        return fitting.stream()
                .min(java.util.Comparator.comparingInt(procedure -> distance(procedure, arguments)))
                .orElseThrow(() -> SnowflakeError.wrongArguments(
                        name.name(),
                        String.join(
                                ", ",
                                arguments.stream()
                                        .map(argument ->
                                                argument.type().family().name())
                                        .toList())));
    }

    private static int distance(Procedure procedure, List<Typed> arguments) {
        int distance = 0;
        for (int i = 0; i < arguments.size(); i++) {
            Family declared = procedure.arguments().get(i).type().family();
            Family given = arguments.get(i).type().family();
            boolean untyped = arguments.get(i).value() == null || declared == given;
            distance += untyped ? 0 : TIMESTAMPS.contains(declared) && TIMESTAMPS.contains(given) ? 1 : 2;
        }
        return distance;
    }
}
