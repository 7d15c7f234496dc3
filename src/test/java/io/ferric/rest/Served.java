package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Authenticator;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.data.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A REST server on a free port before some conductor, and a client for it. */
final class Served implements AutoCloseable {
    static final ObjectMapper JSON = Json.newMapper();

    private final RestServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Served(Conductor conductor) {
        this(conductor, RestConfig.defaults().listeningOn("127.0.0.1", 0));
    }

    Served(Conductor conductor, RestConfig config) {
        this(conductor, config, Optional.empty());
    }

    Served(Conductor conductor, RestConfig config, Optional<Authenticator> authenticator) {
        server = new RestServer(conductor, config, authenticator);
        server.start();
    }

    RestServer server() {
        return server;
    }

    URI uri(String path) {
        return URI.create(server.baseUri() + path);
    }

    Answer get(String path) {
        return send(latest(path).GET());
    }

    Answer delete(String path) {
        return send(latest(path).DELETE());
    }

    Answer post(String path, String body) {
        return withJson("POST", path, body);
    }

    Answer put(String path, String body) {
        return withJson("PUT", path, body);
    }

    Answer patch(String path, String body) {
        return withJson("PATCH", path, body);
    }

    Answer withJson(String method, String path, String body) {
        return send(
                latest(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    /** A request of the newest version; one that names none is of the oldest. */
    private HttpRequest.Builder latest(String path) {
        return request(path).header(ApiVersion.HEADER, "latest");
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    Answer send(HttpRequest.Builder request) {
        return send(client, request);
    }

    /** Asks a server that says it has another address. */
    static Answer get(URI base, String path) {
        return send(HttpClient.newHttpClient(), HttpRequest.newBuilder(URI.create(base + path)));
    }

    private static Answer send(HttpClient client, HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    record Answer(HttpResponse<String> http) {
        int status() {
            return http.statusCode();
        }

        String body() {
            return http.body();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("(none)");
        }

        JsonNode json() {
            try {
                return JSON.readTree(http.body());
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + http.body(), e);
            }
        }

        /** The inner JSON of Ironic's error body. */
        JsonNode fault() {
            try {
                return JSON.readTree(json().get("error_message").textValue());
            } catch (IOException e) {
                throw new AssertionError("not JSON within: " + http.body(), e);
            }
        }

        String sentence() {
            return fault().get("faultstring").textValue();
        }
    }
}
