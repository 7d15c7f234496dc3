package io.ferric.rest;

import io.ferric.conductor.Conductor;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers load balancers and supervisors, whoever they are: {@code /healthz} while the process lives, {@code /readyz} while
 * its conductor takes work. Says nothing about nodes or versions and asks nobody, so that it costs nothing.
 */
final class HealthHandler extends Handler.Wrapper {
    private final Conductor conductor;

    HealthHandler(Conductor conductor, Handler next) {
        super(next);
        this.conductor = conductor;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean reads = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        String path = request.getHttpURI().getPath();
        if (reads && "/healthz".equals(path)) {
            answer(response, callback, "ok", Optional.empty());
        } else if (reads && "/readyz".equals(path)) {
            answer(response, callback, "ready", conductor.notReady());
        } else {
            return super.handle(request, response, callback);
        }
        return true;
    }

    /** HTTP leaves out the text of an answer to HEAD by itself. */
    private static void answer(Response response, Callback callback, String well, Optional<String> why) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        why.ifPresent(unwell -> {
            response.setStatus(503);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "2");
        });
        String text = why.map(unwell -> "{\"status\":\"not ready\",\"reason\":\"" + unwell + "\"}")
                .orElse("{\"status\":\"" + well + "\"}");
        Content.Sink.write(response, true, text, callback);
    }
}
