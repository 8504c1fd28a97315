package local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;

/** A request, all of it read. */
public final class Request {

    private final URI address;
    private final Headers headers;
    private final byte[] body;

    private Request(URI address, Headers headers, byte[] body) {
        this.address = address;
        this.headers = headers;
        this.body = body;
    }

    static Request of(HttpExchange exchange) throws IOException {
        return new Request(
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
    }

    /** The path, decoded. */
    public String path() {
        return address.getPath();
    }

    /** What stands behind the question mark, not decoded; null if there is none. */
    public String rawQuery() {
        return address.getRawQuery();
    }

    /** The first header of that name, or null. */
    public String header(String name) {
        return headers.getFirst(name);
    }

    /** The body as it was sent, empty if there was none; not to be changed. */
    public byte[] body() {
        return body;
    }
}
