package io.ferric.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ferric.rest.data.ErrorBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bare-metal API as plain JSON, for what {@link FerricClient} has no type for. Agrees on a microversion with the
 * server, shows the login, tries again as {@link Retries} says, and turns every refusal into an {@link ApiException}. Safe
 * for use by many threads.
 */
public final class Api {
    private static final String VERSION = "X-OpenStack-Ironic-API-Version";
    private static final String HIGHEST = "X-OpenStack-Ironic-API-Maximum-Version";
    private static final String LOWEST = "X-OpenStack-Ironic-API-Minimum-Version";
    private static final int LONGEST_SENTENCE = 2000;

    private final ClientOptions options;
    private final ObjectMapper json;
    private final Http http;
    private final Pause pause;
    private volatile Optional<URI> base;
    private volatile Optional<Microversion> agreed = Optional.empty();
    private volatile String asked;

    Api(ClientOptions options, ObjectMapper json, Http http, Pause pause) {
        this.options = options;
        this.json = json;
        this.http = http;
        this.pause = pause;
        this.base = options.endpoint().map(Api::withoutVersion);
        this.asked = options.version().map(Microversion::toString).orElse("latest");
    }

    /**
     * The answer to GET.
     *
     * @param path such as {@code /v1/nodes?limit=10}; names in it must be {@linkplain #encoded encoded}
     * @return a missing node when the answer has no body
     * @throws ApiException when the server refuses or fails
     * @throws IOException when it cannot be reached, or answers with something else than JSON
     */
    public JsonNode get(String path) throws IOException {
        return send("GET", path, Optional.empty());
    }

    /** As {@link #get}, for POST with a body. */
    public JsonNode post(String path, Object body) throws IOException {
        return send("POST", path, Optional.of(body));
    }

    /** As {@link #get}, for PUT with a body. */
    public JsonNode put(String path, Object body) throws IOException {
        return send("PUT", path, Optional.of(body));
    }

    /** As {@link #get}, for PATCH with a body. */
    public JsonNode patch(String path, Object body) throws IOException {
        return send("PATCH", path, Optional.of(body));
    }

    /** As {@link #get}, for DELETE. */
    public JsonNode delete(String path) throws IOException {
        return send("DELETE", path, Optional.empty());
    }

    /** As {@link #get}, for any method. */
    public JsonNode send(String method, String path, Optional<Object> body) throws IOException {
        return parsed(method + " " + withoutQuery(path), answered(method, path, body));
    }

    /**
     * The version spoken from now on; asks the server when nothing was asked of it yet.
     *
     * @throws IOException when it cannot be reached
     */
    public Microversion version() throws IOException {
        if (agreed.isEmpty()) {
            get("/v1/");
        }
        return agreed.orElse(Microversion.OLDEST);
    }

    /** A name or an id as one piece of a path or a query. */
    public static String encoded(String piece) {
        return URLEncoder.encode(piece, StandardCharsets.UTF_8).replace("+", "%20");
    }

    ObjectMapper json() {
        return json;
    }

    void pause(Duration length) throws IOException {
        pause.pause(length);
    }

    private String answered(String method, String path, Optional<Object> body) throws IOException {
        boolean renewed = false;
        boolean negotiated = false;
        for (int attempt = 1; ; ) {
            Http.Request request = request(method, path, body);
            HttpResponse<String> answer = http.send(request);
            int status = answer.statusCode();
            if (status < 300) {
                agreeOn(answer);
                return answer.body();
            }
            String sentence = sentence(answer.body());
            if (status == 406 && !negotiated && canSpeak(answer)) {
                negotiated = true;
                continue;
            }
            if (status == 401 && !renewed && options.login().renew()) {
                renewed = true;
                continue;
            }
            Optional<Duration> rest = options.retries().before(attempt++, status, sentence);
            if (rest.isEmpty()) {
                throw new ApiException(status, request.inWords(), explained(answer, sentence));
            }
            pause.pause(rest.get());
        }
    }

    private Http.Request request(String method, String path, Optional<Object> body) throws IOException {
        Map<String, String> headers = new HashMap<>(options.login().headers());
        headers.put(VERSION, asked);
        Optional<String> text = body.isPresent() ? Optional.of(json.writeValueAsString(body.get())) : Optional.empty();
        try {
            return new Http.Request(method, URI.create(base() + path), headers, text);
        } catch (IllegalArgumentException e) {
            throw new IOException("no address can be made of " + base() + withoutQuery(path), e);
        }
    }

    private URI base() throws IOException {
        if (base.isEmpty()) {
            base = Optional.of(withoutVersion(options.login()
                    .endpoint()
                    .orElseThrow(() -> new IOException("it is not said where the bare-metal API is"))));
        }
        return base.get();
    }

    /** Remembers the version this answer is of, and stays with it. */
    private void agreeOn(HttpResponse<String> answer) {
        if (agreed.isEmpty()) {
            agreed = Optional.of(header(answer, VERSION).orElse(Microversion.OLDEST));
            header(answer, VERSION).ifPresent(version -> asked = version.toString());
        }
    }

    /** A server that does not know {@code latest}, or has become older since, says what it knows. */
    private boolean canSpeak(HttpResponse<String> answer) {
        Optional<Microversion> highest = header(answer, HIGHEST);
        if (options.version().isPresent()
                || highest.isEmpty()
                || highest.get().toString().equals(asked)) {
            return false;
        }
        asked = highest.get().toString();
        agreed = highest;
        return true;
    }

    private String explained(HttpResponse<String> answer, String sentence) {
        if (answer.statusCode() == 406
                && options.version().isPresent()
                && header(answer, HIGHEST).isPresent()) {
            return sentence + " The server speaks "
                    + header(answer, LOWEST).orElse(Microversion.OLDEST) + " to "
                    + header(answer, HIGHEST).get() + ", asked was " + asked + ".";
        }
        return sentence;
    }

    private static Optional<Microversion> header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).flatMap(Microversion::parse);
    }

    private JsonNode parsed(String request, String body) throws IOException {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            // its message would quote the answer
            throw new IOException("the answer to " + request + " is no JSON; is this the bare-metal API?");
        }
    }

    private String sentence(String body) {
        String said = ErrorBody.sentence(body, json);
        if (said.equals(body)) {
            said = keystoneSentence(body);
        }
        String line = said.strip().replaceAll("\\s*\\R\\s*", " ");
        if (line.isEmpty()) {
            return "no reason given";
        }
        return line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "..." : line;
    }

    /** The authentication in front of the API answers in words of its own. */
    private String keystoneSentence(String body) {
        try {
            return json.readTree(body).path("error").path("message").asText(body);
        } catch (JsonProcessingException e) {
            return body.startsWith("<") ? "an answer in HTML, not of the bare-metal API" : body;
        }
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static URI withoutVersion(URI endpoint) {
        return URI.create(endpoint.toString().replaceAll("/+$", "").replaceAll("/v1$", ""));
    }
}
