package routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The definitions of all routes that ship, as their builders make them; nothing of them is started. */
public final class ApplicationRoutes {

    private ApplicationRoutes() {}

    /** All of them. */
    public static List<RouteDefinition> all() {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/routes"))) {
            return sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith("Route.java"))
                    .sorted()
                    .flatMap(name -> definitions("routes." + name.replace(".java", "")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<RouteDefinition> definitions(String type) {
        try {
            RouteBuilder builder = Class.forName(type)
                    .asSubclass(RouteBuilder.class)
                    .getDeclaredConstructor()
                    .newInstance();
            DefaultCamelContext camel = new DefaultCamelContext();
            camel.getPropertiesComponent().addLocation("classpath:application.properties");
            builder.setCamelContext(camel);
            builder.configure();
            return builder.getRouteCollection().getRoutes().stream();
        } catch (Exception e) {
            throw new IllegalStateException(type, e);
        }
    }
}
