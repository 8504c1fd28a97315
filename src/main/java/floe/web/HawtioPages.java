package floe.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Hawtio's pages, and what they ask of their server: who the user is, and the MBeans. They are on Quarkus' main port,
 * which is open only while Hawtio is on, and then only to a user with the password.
 */
@ApplicationScoped
public class HawtioPages {

    /** In the jar of {@code hawtio-springboot}, which has the pages ready to be served. */
    private static final String FILES = "hawtio-static";

    /** Floe's own, before those: what is in the menu. */
    private static final String OWN_FILES = "hawtio";

    /** What it opens on: the table of all routes. */
    private static final String FIRST = "/hawtio/camel/routes";

    /** What Hawtio loads besides its own pages: {@code stages.js}. */
    private static final Map<String, String> STAGES =
            Map.of("url", "/hawtio", "scope", "floe", "module", "./stages", "remoteEntryFileName", "stages.js");

    private static final long REQUEST_BYTES = 1_000_000;

    private final Jolokia jolokia = new Jolokia();

    void serve(@Observes Router router) {
        router.get("/").handler(request -> request.redirect(FIRST));
        router.get("/hawtio/").handler(request -> request.redirect(FIRST));
        router.get("/hawtio/user").handler(request -> request.json(ManagementPort.USER));
        router.get("/hawtio/plugin").handler(request -> request.json(List.of(STAGES)));
        router.get("/hawtio/auth/logout").handler(HawtioPages::logout);

        // What is asked by GET changes nothing: a page elsewhere could make a browser do it.
        router.get("/hawtio/jolokia").handler(request -> answer(request, "{\"type\":\"version\"}"));
        router.post("/hawtio/jolokia")
                .handler(BodyHandler.create(false).setBodyLimit(REQUEST_BYTES))
                .blockingHandler(request -> answer(request, request.body().asString()), false);

        router.get("/hawtio/*").handler(HawtioPages::page);
        router.get("/hawtio/*").handler(StaticHandler.create(OWN_FILES));
        router.get("/hawtio/*").handler(StaticHandler.create(FILES));
    }

    private void answer(RoutingContext request, String asked) {
        Map<String, String[]> options = request.queryParams().names().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> request.queryParam(name).toArray(String[]::new)));
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(jolokia.answer(asked, options));
    }

    /** Every page is the same file, which then looks at the address. */
    private static void page(RoutingContext request) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.contains("text/html")) {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache").sendFile(FILES + "/index.html");
        } else {
            request.next();
        }
    }

    /** Browsers keep the password of basic authentication until they are told to forget it. */
    private static void logout(RoutingContext request) {
        request.response()
                .putHeader("Clear-Site-Data", "\"cookies\", \"storage\"")
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=utf-8")
                .end("You are logged out. <a href=\"/\">Log in</a>");
    }
}
