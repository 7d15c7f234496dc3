package io.ferric.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks Ferric's REST API; an answer that is no success becomes an {@link IOException} with the server's own words. */
final class RestClient {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;

    RestClient(URI base) {
        this.base = base;
    }

    JsonNode get(String path) throws IOException {
        return send("GET", path, null);
    }

    JsonNode post(String path, Object body) throws IOException {
        return send("POST", path, body);
    }

    JsonNode put(String path, Object body) throws IOException {
        return send("PUT", path, body);
    }

    JsonNode patch(String path, Object body) throws IOException {
        return send("PATCH", path, body);
    }

    private JsonNode send(String method, String path, Object body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json")
                .header("X-OpenStack-Ironic-API-Version", "latest");
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(json.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException(method + " " + path + " was answered with " + answer.statusCode() + ": "
                        + faultString(answer.body()));
            }
            return answer.body().isEmpty() ? json.nullNode() : json.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the answer to " + method + " " + path, e);
        }
    }

    /** Ironic wraps its error text twice: JSON inside a JSON string. */
    private String faultString(String body) {
        try {
            JsonNode message = json.readTree(body).path("error_message");
            JsonNode inner = message.isTextual() ? json.readTree(message.asText()) : message;
            return inner.path("faultstring").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
