package routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;

/** The definitions of all routes that ship, as their builders make them; nothing of them is started. */
public final class ApplicationRoutes {

    private ApplicationRoutes() {}

    /** All of them. */
    public static List<RouteDefinition> all() {
        return collections().flatMap(routes -> routes.getRoutes().stream()).toList();
    }

    /** What they do for failures. */
    static List<OnExceptionDefinition> handlers() {
        return collections()
                .flatMap(routes -> routes.getOnExceptions().stream())
                .toList();
    }

    private static Stream<RoutesDefinition> collections() {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/routes"))) {
            return sources
                    .map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith("Route.java"))
                    .sorted()
                    .map(name -> definitions("routes." + name.replace(".java", "")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RoutesDefinition definitions(String type) {
        try {
            RouteBuilder builder = Class.forName(type)
                    .asSubclass(RouteBuilder.class)
                    .getDeclaredConstructor()
                    .newInstance();
            DefaultCamelContext camel = new DefaultCamelContext();
            camel.getPropertiesComponent().addLocation("classpath:application.properties");
            builder.setCamelContext(camel);
            builder.configure();
            return builder.getRouteCollection();
        } catch (Exception e) {
            throw new IllegalStateException(type, e);
        }
    }
}
