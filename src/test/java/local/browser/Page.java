package local.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One page of the browser, by the Chrome DevTools Protocol: JSON messages over a web socket, each command with a number that
 * its answer repeats.
 */
public final class Page {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS = 60;

    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicInteger prompts = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> unanswered = new ConcurrentHashMap<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;
    private String user = "";
    private String password = "";

    private Page() {}

    static Page connect(HttpClient client, URI address) throws IOException {
        Page page = new Page();
        page.socket = client.newWebSocketBuilder()
                .buildAsync(address, page.new Messages())
                .join();
        page.call("Page.enable", JSON.createObjectNode());
        page.call("Fetch.enable", JSON.createObjectNode().put("handleAuthRequests", true));
        return page;
    }

    /** What is typed where the browser asks for a name and a password. */
    public void credentials(String name, String secret) {
        user = name;
        password = secret;
    }

    /** How often the browser has asked for them. */
    public int prompts() {
        return prompts.get();
    }

    /** Goes to an address, as if it were typed. */
    public void open(String address) throws IOException {
        call("Page.navigate", JSON.createObjectNode().put("url", address));
    }

    /** The value of a JavaScript expression in the page, as JSON. */
    public JsonNode evaluate(String expression) throws IOException {
        JsonNode result = call(
                "Runtime.evaluate",
                JSON.createObjectNode().put("expression", expression).put("returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** All text that the page shows. */
    public String text() throws IOException {
        return evaluate("document.body ? document.body.innerText : ''").asText();
    }

    /**
     * Clicks on the first element that shows exactly this text.
     *
     * @param selector which elements come into question, in CSS
     * @throws IOException if there is none (yet)
     */
    public void click(String selector, String text) throws IOException {
        ObjectNode wanted = JSON.createObjectNode().put("selector", selector).put("text", text);
        boolean clicked = evaluate("(({selector, text}) => {"
                        + " const found = [...document.querySelectorAll(selector)].find(e => e.innerText.trim() === text);"
                        + " if (found) found.click();"
                        + " return found !== undefined; })(" + wanted + ")")
                .asBoolean();
        if (!clicked) {
            throw new IOException("No " + selector + " shows '" + text + "' but: " + text());
        }
    }

    /** Writes what the window shows as a PNG. */
    public void screenshot(Path file) throws IOException {
        JsonNode image = call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(image.path("data").asText()));
    }

    private JsonNode call(String method, JsonNode parameters) throws IOException {
        int number = commands.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        unanswered.put(number, answer);
        send(number, method, parameters);
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(method + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private synchronized void send(int number, String method, JsonNode parameters) {
        ObjectNode command = JSON.createObjectNode().put("id", number).put("method", method);
        command.set("params", parameters);
        socket.sendText(command.toString(), true).join();
    }

    private void take(JsonNode received) {
        JsonNode parameters = received.path("params");
        CompletableFuture<JsonNode> answer =
                unanswered.remove(received.path("id").asInt());
        if (answer != null && received.has("error")) {
            answer.completeExceptionally(new IOException(received.path("error").toString()));
        } else if (answer != null) {
            answer.complete(received.path("result"));
        } else if (received.path("method").asText().equals("Fetch.requestPaused")) {
            send(commands.incrementAndGet(), "Fetch.continueRequest", request(parameters));
        } else if (received.path("method").asText().equals("Fetch.authRequired")) {
            prompts.incrementAndGet();
            ObjectNode typed = request(parameters);
            typed.putObject("authChallengeResponse")
                    .put("response", user.isEmpty() ? "CancelAuth" : "ProvideCredentials")
                    .put("username", user)
                    .put("password", password);
            send(commands.incrementAndGet(), "Fetch.continueWithAuth", typed);
        }
    }

    private static ObjectNode request(JsonNode parameters) {
        return JSON.createObjectNode()
                .put("requestId", parameters.path("requestId").asText());
    }

    private final class Messages implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                String whole = message.toString();
                message.setLength(0);
                try {
                    take(JSON.readTree(whole));
                } catch (IOException e) {
                    unanswered.values().forEach(answer -> answer.completeExceptionally(e));
                }
            }
            from.request(1);
            return null;
        }
    }
}
