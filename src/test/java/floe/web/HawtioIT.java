package floe.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import local.FloeProcess;
import local.FreePort;
import local.LocalWorld;
import local.browser.Chromium;
import local.browser.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hawtio with the packaged application, by HTTP and in a real browser. */
class HawtioIT {

    private static final String PASSWORD = "pass:wörd";
    private static final String SNOWFLAKE_PASSWORD = "snowflake-s3cr3t-of-this-test";
    private static final String RIGHT = "floe:" + PASSWORD;
    private static final String ROUTE = "org.apache.camel:context=floe,type=routes,name=\\\"s3-to-snowflake\\\"";
    private static final String CONTEXT = "org.apache.camel:context=floe,type=context,name=\\\"floe\\\"";

    /** Where the pictures go: {@code -Dpictures=docs/images} renews those of the documentation. */
    private static final Path PICTURES = Path.of(System.getProperty("pictures", "target/pictures"));

    @TempDir
    static Path folder;

    private static final AtomicInteger PERSONS = new AtomicInteger();

    private static LocalWorld world;
    private static FloeProcess floe;
    private static URI hawtio;

    @BeforeAll
    static void start() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE CDC_schema",
                        "CREATE TABLE CDC_schema.Persons (PersonID int PRIMARY KEY, FullName varchar(255))");
        int port = FreePort.find();
        hawtio = URI.create("http://127.0.0.1:" + port);
        Map<String, String> settings = world.settings("CDC_schema.Persons", folder.resolve("state"));
        settings.put("hawtio.enabled", "true");
        settings.put("hawtio.port", String.valueOf(port));
        settings.put("management.password", PASSWORD);
        world.snowflake().users().password("LOADER", SNOWFLAKE_PASSWORD);
        settings.put("snowflake.user", "LOADER");
        settings.put("snowflake.password", SNOWFLAKE_PASSWORD);
        floe = new FloeProcess(folder.resolve("on"), settings);
        floe.run("setup", "--execute");
        floe.start();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(floe.isReady()).as(floe.health()).isTrue());
    }

    @AfterAll
    static void end() throws Exception {
        if (floe != null) {
            floe.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aBrowserShowsTheRoutesWithTheirCountsAndDiagrams() throws Exception {
        insertAndAwait();

        try (Chromium chromium = chromium("chromium")) {
            Page page = chromium.page();
            page.credentials("floe", PASSWORD);
            page.open(hawtio.toString());
            awaitText(page, "binlog-to-kinesis", "s3-to-snowflake", "dead-letter");
            assertThat(page.prompts()).isEqualTo(1);

            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                            completed(page, "load-file"))
                    .isPositive());
            int captured = completed(page, "binlog-to-kinesis");
            int loaded = completed(page, "load-file");
            insertAndAwait();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                assertThat(completed(page, "binlog-to-kinesis")).isGreaterThan(captured);
                assertThat(completed(page, "load-file")).isGreaterThan(loaded);
            });
            page.screenshot(PICTURES.resolve("hawtio-routes.png"));

            click(page, "button, span", "binlog-to-kinesis");
            click(page, "a, button", "Route Diagram");
            awaitText(page, "Bean events.encod...", "Bean stream.put()");
            page.screenshot(PICTURES.resolve("hawtio-diagram.png"));

            click(page, "nav a", "Stage load");
            awaitText(page, "floe:type=Stage,name=load", "staged_files", "warehouse");
            page.screenshot(PICTURES.resolve("hawtio-stage.png"));
            click(page, "nav a", "Stage capture");
            awaitText(page, "floe:type=Stage,name=capture", "reads the binlog");

            page.open(hawtio + "/hawtio/auth/logout");
            awaitText(page, "You are logged out");
            page.open(hawtio.toString());
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(page.prompts()).isGreaterThan(1));
        }
    }

    @Test
    void noTabAsksForWhatIsRefused() throws Exception {
        try (Chromium chromium = chromium("chromium-tabs")) {
            Page page = chromium.page();
            page.credentials("floe", PASSWORD);
            page.open(hawtio.toString());
            awaitText(page, "binlog-to-kinesis");
            page.evaluate(
                    """
                    window.answers = 0;
                    window.refused = [];
                    const real = window.fetch;
                    window.fetch = async (...request) => {
                        const response = await real(...request);
                        const answers = [].concat(await response.clone().json().catch(() => []));
                        window.refused.push(...answers.filter(a => a.status === 403).map(a => JSON.stringify(a.request)));
                        window.answers++;
                        return response;
                    };
                    """);

            List<String> seen = new ArrayList<>();
            for (String node :
                    List.of("routes", "binlog-to-kinesis", "floe", "endpoints", "direct://load-file", "bean")) {
                click(page, "[class*=tree-view] button, [class*=tree-view] span", node);
                seen.addAll(openAllTabs(page));
            }
            for (String stage : List.of("Stage capture", "Stage load")) {
                click(page, "nav a", stage);
                seen.addAll(openAllTabs(page));
            }

            assertThat(page.evaluate("window.refused")).isEmpty();
            assertThat(seen)
                    .contains("Routes", "Route Diagram", "Attributes", "Operations", "Source", "Exchanges", "Chart")
                    .doesNotContain("Trace", "Debug", "Profile", "Type Converters");
            assertThat(page.text()).contains("Stage load").doesNotContain("Runtime", "Connect");
        }
    }

    @Test
    void aStageTellsAsAnMBeanWhatItsHealthTells() throws Exception {
        insertAndAwait();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode capture = ask(read("floe:type=Stage,name=capture")).path("value");
            JsonNode load = ask(read("floe:type=Stage,name=load")).path("value");
            assertThat(capture.path("State").asText()).isEqualTo("UP");
            assertThat(capture.path("engine").asText()).isEqualTo("reads the binlog");
            assertThat(capture.path("position").asText()).isNotEmpty();
            assertThat(load.path("State").asText()).isEqualTo("UP");
            assertThat(load.path("Problems").asText()).isEmpty();
            assertThat(load.path("staged_files").isInt()).isTrue();
            assertThat(load.path("dead_letters").asInt()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/hawtio/", "/hawtio/user", "/hawtio/jolokia", "/hawtio/static/none", "/none"})
    void nothingIsShownWithoutThePassword(String path) throws Exception {
        assertThat(get(path, "").statusCode()).isEqualTo(401);
        assertThat(get(path, "floe:wrong").statusCode()).isEqualTo(401);
        assertThat(get(path, "other:" + PASSWORD).statusCode()).isEqualTo(401);
        assertThat(get(path, RIGHT).statusCode()).isNotEqualTo(401);
    }

    @Test
    void pagesFromElsewhereCannotUseTheBrowserOfTheUser() throws Exception {
        String search = "{\"type\":\"search\",\"mbean\":\"" + CONTEXT + "\"}";

        assertThat(post(search, "http://evil.example").statusCode()).isEqualTo(403);
        assertThat(post(search, hawtio.toString()).statusCode()).isEqualTo(200);
        assertThat(get("/hawtio/jolokia/exec/" + CONTEXT.replace("\\\"", "%22") + "/dumpRoutesAsXml()", RIGHT)
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/hawtio/", RIGHT).headers().firstValue("X-Frame-Options"))
                .contains("DENY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type':'exec','mbean':'CONTEXT','operation':'sendStringBody','arguments':['direct:take-step','x']",
                "'type':'exec','mbean':'CONTEXT','operation':'stop()'",
                "'type':'exec','mbean':'ROUTE','operation':'remove()'",
                "'type':'exec','mbean':'ROUTE','operation':'stop()'",
                "'type':'exec','mbean':'ROUTE','operation':'updateRouteFromXml','arguments':['<route/>']",
                "'type':'exec','mbean':'org.apache.camel:context=floe,type=processors,name=\\\"bean3\\\"',"
                        + "'operation':'disable()'",
                "'type':'exec','mbean':'com.sun.management:type=DiagnosticCommand','operation':'vmFlags',"
                        + "'arguments':[[]]",
                "'type':'exec','mbean':'java.lang:type=Memory','operation':'gc()'",
                "'type':'write','mbean':'java.lang:type=Memory','attribute':'Verbose','value':true",
                "'type':'read','mbean':'java.lang:type=Runtime','attribute':'SystemProperties'",
                "'type':'read','mbean':'java.util.logging:type=Logging','attribute':'LoggerNames'"
            })
    void whatIsNotNeededIsRefused(String request) throws Exception {
        String json = "{"
                + request.replace("CONTEXT", CONTEXT).replace("ROUTE", ROUTE).replace('\'', '"') + "}";

        assertThat(ask(json).path("status").asInt()).isEqualTo(403);
    }

    @Test
    void noAttributeHoldsASecret() throws Exception {
        insertAndAwait();

        JsonNode all = ask("{\"type\":\"read\",\"mbean\":\"*:*\",\"config\":{\"ignoreErrors\":true}}");

        assertThat(all.path("value").size()).isGreaterThan(50);
        assertThat(all.toString())
                .contains("s3-to-snowflake", "debezium.mysql")
                .doesNotContain(world.mysql().password(), SNOWFLAKE_PASSWORD, PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"binlog-to-kinesis", "poll-staging staged-event"})
    void routesThatAreStoppedForAWhileLoseNothing(String routes) throws Exception {
        insertAndAwait();
        for (String route : routes.split(" ", -1)) {
            assertThat(ask(exec(route, "stop()")).path("status").asInt()).isEqualTo(200);
            assertThat(state(route)).isEqualTo("Stopped");
        }
        insert();

        for (String route : routes.split(" ", -1)) {
            assertThat(ask(exec(route, "start()")).path("status").asInt()).isEqualTo(200);
            assertThat(state(route)).isEqualTo("Started");
        }

        awaitAll();
    }

    @Test
    void offByDefaultNothingListensAndCamelHasNoMBeans() throws Exception {
        int port = FreePort.find();
        Map<String, String> settings = world.settings("CDC_schema.Persons", folder.resolve("other-state"));
        settings.put("capture.enabled", "false");
        settings.put("staging.prefix", "none/");
        settings.put("hawtio.port", String.valueOf(port));
        try (FloeProcess off = new FloeProcess(folder.resolve("off"), settings)) {
            off.start();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(off.isReady()).as(off.health()).isTrue());

            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                    .isInstanceOf(ConnectException.class);
            assertThat(camelsMBeans(off)).isZero();
        }
    }

    @Test
    void withoutAPasswordItDoesNotStart() throws Exception {
        Map<String, String> settings = world.settings("CDC_schema.Persons", folder.resolve("other-state"));
        settings.put("hawtio.enabled", "true");
        settings.put("hawtio.port", String.valueOf(FreePort.find()));
        try (FloeProcess open = new FloeProcess(folder.resolve("open"), settings)) {
            open.start();

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(open.isAlive()).isFalse());

            assertThat(open.log()).content().contains("The setting management.password is missing");
        }
    }

    private static void insertAndAwait() {
        insert();
        awaitAll();
    }

    private static void insert() {
        world.mysql().execute("INSERT INTO CDC_schema.Persons VALUES (" + PERSONS.incrementAndGet() + ", 'Ann')");
    }

    private static void awaitAll() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        world.snowflake().query("SELECT PERSONID FROM CDC_DESTINATION.PUBLIC.PERSONS"))
                .hasSize(PERSONS.get()));
    }

    /** How many exchanges the table of routes says that a route has completed. */
    private static int completed(Page page, String route) throws IOException {
        return page.evaluate("(() => {"
                        + "const cells = row => [...row.querySelectorAll('th, td')].map(cell => cell.innerText.trim());"
                        + "const rows = [...document.querySelectorAll('#camel-routes-table tr')].map(cells);"
                        + "const column = rows[0].indexOf('Completed');"
                        + "return rows.find(row => row.includes('" + route + "'))[column]; })()")
                .asInt();
    }

    private static Chromium chromium(String profile) throws IOException, InterruptedException {
        Optional<Path> program = Chromium.installed();
        String missing = "Chromium is not installed: nobody has looked at Hawtio in a browser";
        if (program.isEmpty()) {
            System.out.println(missing);
        }
        assumeTrue(program.isPresent(), missing);
        return Chromium.start(program.get(), Files.createDirectories(folder.resolve(profile)));
    }

    /** Opens each tab of what is selected, until the server has answered once more; Hawtio asks every few seconds. */
    private static List<String> openAllTabs(Page page) throws IOException {
        String tabs = "[...document.querySelectorAll('nav[class*=horizontal] a')]";
        awaitAnswer(page);
        List<String> names = new ArrayList<>();
        page.evaluate(tabs + ".map(tab => tab.innerText.trim())").forEach(name -> names.add(name.asText()));
        for (String name : names) {
            click(page, "nav a", name);
            awaitAnswer(page);
        }
        return names;
    }

    private static void awaitAnswer(Page page) throws IOException {
        int before = page.evaluate("window.answers").asInt();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(page.evaluate("window.answers").asInt()).isGreaterThan(before));
    }

    private static String read(String mbean) {
        return "{\"type\":\"read\",\"mbean\":\"" + mbean + "\"}";
    }

    private static void click(Page page, String selector, String text) {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            page.click(selector, text);
            return true;
        });
    }

    private static void awaitText(Page page, String... texts) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> assertThat(page.text())
                .contains(texts));
    }

    private static String exec(String route, String operation) {
        return "{\"type\":\"exec\",\"mbean\":\"" + ROUTE.replace("s3-to-snowflake", route) + "\",\"operation\":\""
                + operation + "\"}";
    }

    private static String state(String route) throws Exception {
        return ask("{\"type\":\"read\",\"mbean\":\"" + ROUTE.replace("s3-to-snowflake", route)
                        + "\",\"attribute\":\"State\"}")
                .path("value")
                .asText();
    }

    private static JsonNode ask(String request) throws Exception {
        return new ObjectMapper().readTree(post(request, null).body());
    }

    private static HttpResponse<String> post(String request, String origin) throws Exception {
        HttpRequest.Builder post = request("/hawtio/jolokia", RIGHT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request));
        if (origin != null) {
            post.header("Origin", origin);
        }
        return send(post);
    }

    private static HttpResponse<String> get(String path, String userAndPassword) throws Exception {
        return send(request(path, userAndPassword));
    }

    private static HttpRequest.Builder request(String path, String userAndPassword) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hawtio.resolve(path));
        if (!userAndPassword.isEmpty()) {
            request.header(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8)));
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @SuppressWarnings("BanJNDI") // the other side is a process of this test
    private static int camelsMBeans(FloeProcess process) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(String.valueOf(process.pid()));
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()))) {
            return connector
                    .getMBeanServerConnection()
                    .queryNames(ObjectName.getInstance("org.apache.camel:*"), null)
                    .size();
        } finally {
            jvm.detach();
        }
    }
}
