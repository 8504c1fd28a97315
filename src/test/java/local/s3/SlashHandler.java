package local.s3;

import org.gaul.shaded.org.eclipse.jetty.http.HttpURI;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/**
 * Takes {@code /%2F} in a path for two slashes. As such the AWS SDK signs them, and as the other it sends them, because its HTTP
 * client would make one of two; S3 knows, and s3proxy does not.
 */
final class SlashHandler extends Handler.Wrapper {

    SlashHandler(Handler s3proxy) {
        super(s3proxy);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI sent = request.getHttpURI();
        if (!sent.getPath().contains("/%2F")) {
            return super.handle(request, response, callback);
        }
        HttpURI signed = HttpURI.build(sent)
                .path(sent.getPath().replace("/%2F", "//"))
                .query(sent.getQuery())
                .asImmutable();
        return super.handle(Request.serveAs(request, signed), response, callback);
    }
}
