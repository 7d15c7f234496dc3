package io.ferric.lab.ilo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ferric.lab.kit.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Talks JSON with an iLO by the JDK's own HTTP client, following nothing and asking twice for nothing. */
final class RawJson {
    static final String[] NONE = {};
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final String root;
    private final String[] always;

    /** An answer, its body unpacked and parsed. */
    record Reply(int status, java.net.http.HttpHeaders headers, JsonNode body) {
        /** The last part of the first message's name, however it is spelt. */
        String message() {
            JsonNode first = body.at("/error/@Message.ExtendedInfo/0");
            String id = first.path("MessageId").asText(first.path("MessageID").asText());
            return id.substring(id.lastIndexOf('.') + 1);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    RawJson(SimulatedIlo ilo, String... headers) throws Exception {
        SSLContext tls = Trust.pinned(ilo.fingerprint());
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("");
        http = HttpClient.newBuilder()
                .sslContext(tls)
                .sslParameters(parameters)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        root = "https://127.0.0.1:" + ilo.address().getPort();
        always = headers;
    }

    private RawJson(RawJson other, String... headers) {
        http = other.http;
        root = other.root;
        always = headers;
    }

    /** The same client with these headers, in pairs, and no others. */
    RawJson with(String... headers) {
        return new RawJson(this, headers);
    }

    /** The same client with a login and these headers more. */
    RawJson as(String user, String password, String... headers) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Basic " + basic;
        return with(all);
    }

    /** The administrator, with these headers more. */
    RawJson admin(String... headers) {
        return as(SimulatedIlo.DEFAULT_USER, SimulatedIlo.DEFAULT_PASSWORD, headers);
    }

    Reply get(String path) throws Exception {
        return send("GET", path, "");
    }

    Reply post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    Reply patch(String path, String body) throws Exception {
        return send("PATCH", path, body);
    }

    Reply delete(String path) throws Exception {
        return send("DELETE", path, "");
    }

    Reply send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (always.length > 0) {
            request.headers(always);
        }
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(response.statusCode(), response.headers(), parse(response));
    }

    private static JsonNode parse(HttpResponse<byte[]> response) throws IOException {
        byte[] bytes = response.body();
        if (response.headers().firstValue("content-encoding").orElse("").equals("gzip")) {
            bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        boolean json = response.headers().firstValue("content-type").orElse("").contains("json");
        return json ? JSON.readTree(bytes) : MissingNode.getInstance();
    }
}
