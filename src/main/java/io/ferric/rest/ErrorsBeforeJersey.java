package io.ferric.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.rest.data.ErrorBody;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The error body for what never reaches a resource: a request line that is none, headers too large, a path that cannot
 * be decoded. Says the status in words and nothing of the cause, which Jetty logs.
 */
final class ErrorsBeforeJersey implements Request.Handler {
    private final ObjectMapper json;

    ErrorsBeforeJersey(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        String message = "The server could not serve this request: " + HttpStatus.getMessage(status) + ".";
        byte[] body = json.writeValueAsBytes(ErrorBody.of(status, message, json));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
