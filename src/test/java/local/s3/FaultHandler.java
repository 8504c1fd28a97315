package local.s3;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import local.http.Answer;
import local.http.Faults;
import local.http.RequestFault;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** Stands before s3proxy and does to requests what {@link Faults} says. */
final class FaultHandler extends Handler.Wrapper {
    private final Faults faults;
    private final AtomicInteger answering = new AtomicInteger();

    FaultHandler(Handler s3proxy, Faults faults) {
        super(s3proxy);
        this.faults = faults;
    }

    /** How many requests are being answered, to the last byte of their answers. */
    int answering() {
        return answering.get();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        answering.incrementAndGet();
        return answer(request, response, Callback.from(callback, answering::decrementAndGet));
    }

    private boolean answer(Request request, Response response, Callback callback) throws Exception {
        faults.pause();
        Optional<RequestFault> befalling =
                faults.of(request.getMethod(), request.getHttpURI().getDecodedPath());
        if (befalling.isEmpty()) {
            return super.handle(request, response, callback);
        }
        RequestFault fault = befalling.get();
        return switch (fault) {
            case DENIED, THROTTLED, FAILED, UNAVAILABLE -> refuse(fault, response, callback);
            case FAILED_AFTER_DOING -> super.handle(request, new RefusedResponse(fault, request, response), callback);
            case DROPPED -> drop(request, callback);
            case DROPPED_AFTER_DOING -> super.handle(request, new BrokenResponse(request, response, 0), callback);
            case UNANSWERED -> ignore(request, callback);
            case UNANSWERED_AFTER_DOING -> super.handle(request, new NoResponse(request, response), callback);
            case CUT_SHORT -> super.handle(request, new BrokenResponse(request, response, 0.5), callback);
        };
    }

    private static boolean refuse(RequestFault fault, Response response, Callback callback) {
        return switch (fault) {
            case DENIED -> refuse(response, callback, 403, "AccessDenied", "Access Denied");
            case THROTTLED -> refuse(response, callback, 503, "SlowDown", "Please reduce your request rate.");
            case UNAVAILABLE ->
                refuse(response, callback, 503, "ServiceUnavailable", "Service is unable to handle request.");
            default ->
                refuse(response, callback, 500, "InternalError", "We encountered an internal error. Please try again.");
        };
    }

    private static boolean refuse(Response response, Callback callback, int status, String code, String message) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        // The body of the request was not read: the connection is of no further use.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                .formatted(code, message);
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private static boolean drop(Request request, Callback callback) {
        close(request);
        callback.failed(new EOFException("dropped on request"));
        return true;
    }

    /** Says nothing, and ends the request when its client must have given up. */
    private static boolean ignore(Request request, Callback callback) {
        request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(0);
        request.getComponents()
                .getScheduler()
                .schedule(() -> drop(request, callback), Answer.LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        return true;
    }

    private static void close(Request request) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }

    /** Lets nothing through. */
    private static final class NoResponse extends Response.Wrapper {

        NoResponse(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer body, Callback callback) {
            ignore(getRequest(), callback);
        }
    }

    /** Has a refusal in place of what is first written. */
    private static final class RefusedResponse extends Response.Wrapper {
        private final RequestFault fault;
        private boolean refused;

        RefusedResponse(RequestFault fault, Request request, Response wrapped) {
            super(request, wrapped);
            this.fault = fault;
        }

        @Override
        public void write(boolean last, ByteBuffer body, Callback callback) {
            if (refused) {
                callback.succeeded();
                return;
            }
            refused = true;
            getHeaders().clear();
            refuse(fault, getWrapped(), callback);
        }
    }

    /** Lets through a share of what is first written, and then closes the connection. */
    private static final class BrokenResponse extends Response.Wrapper {
        private final double share;

        BrokenResponse(Request request, Response wrapped, double share) {
            super(request, wrapped);
            this.share = share;
        }

        @Override
        public void write(boolean last, ByteBuffer body, Callback callback) {
            int length = body == null ? 0 : (int) (body.remaining() * share);
            if (length == 0) {
                cut(callback);
            } else {
                ByteBuffer part = body.slice(body.position(), length);
                super.write(false, part, Callback.from(() -> cut(callback), callback::failed));
            }
        }

        private void cut(Callback callback) {
            close(getRequest());
            callback.failed(new EOFException("cut short on request"));
        }
    }
}
