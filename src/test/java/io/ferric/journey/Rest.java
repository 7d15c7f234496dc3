package io.ferric.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Asks the REST API, and keeps every answer, so that secrets can be searched for in all of them. */
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<String> heard;
    private final URI base;
    private final Map<String, String> credentials;

    Rest(URI base) {
        this(base, Map.of());
    }

    /** @param credentials headers of every request */
    Rest(URI base, Map<String, String> credentials) {
        this(base, credentials, new CopyOnWriteArrayList<>());
    }

    private Rest(URI base, Map<String, String> credentials, List<String> heard) {
        this.base = base;
        this.credentials = credentials;
        this.heard = heard;
    }

    /** The same API for somebody else, whose answers are kept with ours. */
    Rest as(Map<String, String> others) {
        return new Rest(base, others, heard);
    }

    /** The same for whoever has this token of Keystone. */
    Rest as(String token) {
        return as(Map.of("X-Auth-Token", token));
    }

    record Answer(int status, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        /** The sentence in Ironic's error body, which is JSON in a JSON string. */
        String fault() {
            try {
                return JSON.readTree(json().path("error_message").asText())
                        .path("faultstring")
                        .asText();
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer send(String method, String path, Object body) {
        try {
            return send(method, path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("X-OpenStack-Ironic-API-Version", "latest")
                .method(method, body);
        credentials.forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            heard.add(answer.body());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every answer so far. */
    List<String> heard() {
        return List.copyOf(heard);
    }
}
