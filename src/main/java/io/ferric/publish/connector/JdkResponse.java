package io.ferric.publish.connector;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.openstack4j.api.exceptions.ClientResponseException;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** An answer as openstack4j wants it. */
final class JdkResponse implements HttpResponse {
    /** Longest JSON document read, octets. */
    private static final int LIMIT = 16 * 1024 * 1024;

    private final java.net.http.HttpResponse<InputStream> response;
    private final InputStream body;

    JdkResponse(java.net.http.HttpResponse<InputStream> response, InputStream body) {
        this.response = response;
        this.body = body;
    }

    @Override
    public <T> T getEntity(Class<T> type) {
        return getEntity(type, null);
    }

    @Override
    public <T> T getEntity(Class<T> type, ExecutionOptions<T> options) {
        return HttpEntityHandler.handle(this, type, options, true);
    }

    @Override
    public <T> T readEntity(Class<T> type) {
        try {
            byte[] document = body.readNBytes(LIMIT + 1);
            if (document.length > LIMIT) {
                throw new ClientResponseException("the answer is longer than " + LIMIT + " octets", getStatus());
            }
            return ObjectMapperSingleton.getContext(type).readValue(document, type);
        } catch (IOException e) {
            throw new ClientResponseException("the answer cannot be understood", getStatus(), e);
        }
    }

    @Override
    public int getStatus() {
        return response.statusCode();
    }

    @Override
    public String getStatusMessage() {
        return "HTTP " + response.statusCode();
    }

    @Override
    public String getContentType() {
        return header("Content-Type");
    }

    @Override
    public InputStream getInputStream() {
        return body;
    }

    /** Null when absent, as openstack4j expects. */
    @Override
    public String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return headers;
    }

    /**
     * Reads what little is left, so that the connection can be used again, and gives up a long rest. What becomes of a rest
     * that nobody wants makes no failure of an answer that was understood.
     */
    @Override
    public void close() {
        try (body) {
            body.readNBytes(64 * 1024);
        } catch (IOException e) {
            // the connection is given up with it
        }
    }
}
