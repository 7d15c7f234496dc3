package io.ferric.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Tokens of Keystone: logs in when the first request needs it, and again after a 401; finds the bare-metal service in the
 * catalogue. Source: OpenStack Identity API v3. Safe for use by many threads, which share one token.
 */
public final class KeystoneLogin implements Login {
    private final KeystoneUser user;
    private final ObjectMapper json = new ObjectMapper();
    private final Http http;
    private Optional<Session> session = Optional.empty();

    private record Session(String token, JsonNode catalog) {}

    private KeystoneLogin(KeystoneUser user, Http http) {
        this.user = user;
        this.http = http;
    }

    /**
     * Nothing is asked of Keystone yet.
     *
     * @param ca certificates (PEM) its own is verified by; when empty, those of this Java
     * @throws IOException when that file cannot be read
     */
    public static KeystoneLogin of(KeystoneUser user, Duration timeout, Optional<Path> ca) throws IOException {
        return new KeystoneLogin(user, new Http(timeout, ca));
    }

    @Override
    public synchronized Map<String, String> headers() throws IOException {
        return Map.of("X-Auth-Token", session().token());
    }

    @Override
    public synchronized boolean renew() {
        boolean had = session.isPresent();
        session = Optional.empty();
        return had;
    }

    @Override
    public synchronized Optional<URI> endpoint() throws IOException {
        for (JsonNode service : session().catalog()) {
            if (service.path("type").asText().startsWith("baremetal")
                    && !service.path("type").asText().startsWith("baremetal-introspection")) {
                return StreamSupport.stream(service.path("endpoints").spliterator(), false)
                        .filter(this::meant)
                        .map(endpoint -> URI.create(endpoint.path("url").asText()))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private boolean meant(JsonNode endpoint) {
        String region =
                endpoint.path("region_id").asText(endpoint.path("region").asText());
        return endpoint.path("interface").asText().equals(user.reach())
                && user.region().map(region::equals).orElse(true);
    }

    private Session session() throws IOException {
        if (session.isEmpty()) {
            session = Optional.of(logIn());
        }
        return session.get();
    }

    private Session logIn() throws IOException {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("identity", user.proof());
        if (!user.scope().isEmpty()) {
            auth.put("scope", user.scope());
        }
        String v3 = user.authUrl().toString().replaceAll("/+$", "").replaceAll("/v3$", "") + "/v3/auth/tokens";
        Http.Request request = new Http.Request(
                "POST", URI.create(v3), Map.of(), Optional.of(json.writeValueAsString(Map.of("auth", auth))));
        HttpResponse<String> answer = http.send(request);
        Optional<String> token = answer.headers().firstValue("X-Subject-Token");
        if (answer.statusCode() != 201 || token.isEmpty()) {
            throw new ApiException(
                    answer.statusCode(), request.inWords(), "Keystone gives no token: " + reason(answer));
        }
        return new Session(token.get(), parsed(answer.body()).path("token").path("catalog"));
    }

    private String reason(HttpResponse<String> answer) throws IOException {
        return parsed(answer.body()).path("error").path("message").asText("it gives no reason");
    }

    private JsonNode parsed(String body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            // its message would quote the answer
            throw new IOException(user.authUrl() + " answers with something else than JSON; is Keystone there?");
        }
    }

    @Override
    public String toString() {
        return "keystone";
    }
}
