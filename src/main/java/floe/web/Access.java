package floe.web;

import java.util.EnumSet;
import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import routes.BinlogToKinesisRoute;
import routes.ReadAgainRoute;
import routes.S3ToSnowflakeRoute;
import routes.StagedEventRoute;

/**
 * What a user of Hawtio may do: look at the stages, the routes, the JVM and Debezium's figures; set counts to zero; stop and
 * start what the other routes begin with. All else is refused: Camel's MBeans can also call any method of the application, leave out a
 * step of a route, and show rows.
 */
final class Access extends AbstractConstantRestrictor {

    private static final Set<RequestType> REQUESTS =
            EnumSet.of(RequestType.READ, RequestType.EXEC, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);

    private static final String CAMEL = "org.apache.camel";
    private static final String JVM = "java.lang";
    private static final String FLOE = "floe";
    private static final Set<String> DOMAINS = Set.of(CAMEL, FLOE, JVM, "debezium.mysql");

    /** Of {@code java.lang:type=Runtime}: they may hold secrets. */
    private static final Set<String> SECRET = Set.of("InputArguments", "SystemProperties");

    /** What takes changes, files or messages in. Stopped, any other route would fail those that call it. */
    private static final Set<String> SOURCES =
            Set.of(BinlogToKinesisRoute.ID, ReadAgainRoute.ID, S3ToSnowflakeRoute.POLL, StagedEventRoute.ID);

    /** Whose operation {@code browse} lists the exchanges under way by id, route and time, and none of what they carry. */
    private static final Set<String> IN_FLIGHT =
            Set.of("DefaultInflightRepository", "DefaultAsyncProcessorAwaitManager");

    /** The second asks whether routes may be changed here, which they may not. */
    private static final Set<String> OF_ROUTES = Set.of("reset", "isUpdateRouteEnabled");

    private static final Set<String> OF_SOURCES = Set.of("start", "stop", "restart");
    private static final Set<String> OF_THREADS = Set.of("dumpAllThreads", "findDeadlockedThreads", "getThreadInfo");

    Access() {
        super(false);
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return REQUESTS.contains(type);
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !DOMAINS.contains(name.getDomain());
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return !isObjectNameHidden(name) && !(JVM.equals(name.getDomain()) && SECRET.contains(attribute));
    }

    /** @param operation its name, with or without the types of its parameters */
    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        String verb = operation.replaceFirst("\\(.*", "");
        String type = String.valueOf(name.getKeyProperty("type"));
        return switch (name.getDomain() + ":" + type) {
            case CAMEL + ":context" -> verb.startsWith("dump") || verb.equals("componentNames");
            case CAMEL + ":routes" ->
                verb.startsWith("dump") || OF_ROUTES.contains(verb) || (OF_SOURCES.contains(verb) && isSource(name));
            case CAMEL + ":services" -> verb.equals("browse") && IN_FLIGHT.contains(name.getKeyProperty("name"));
            case FLOE + ":security" -> verb.equals("canInvoke");
            case JVM + ":Threading" -> OF_THREADS.contains(verb);
            default -> false;
        };
    }

    private static boolean isSource(ObjectName route) {
        String id = route.getKeyProperty("name");
        return id != null && SOURCES.contains(id.startsWith("\"") ? ObjectName.unquote(id) : id);
    }
}
