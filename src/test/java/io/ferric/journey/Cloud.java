package io.ferric.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.testkit.OpenStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opentest4j.AssertionFailedError;

/** A real OpenStack as the Ferric of one test sees it, with a container of its own. */
final class Cloud {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenStack services = OpenStack.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token = services.token(services.ferric());
    private final Path folder;
    private final String container;

    Cloud(Path folder, String name) {
        this.folder = folder;
        this.container = name + "-" + Long.toString(System.nanoTime(), 36);
    }

    OpenStack services() {
        return services;
    }

    URI containerUrl() {
        return URI.create(services.swiftUrl() + "/" + container);
    }

    /** Settings that lead to Keystone as Ferric's own user. */
    Map<String, Object> settings() throws IOException {
        return new TreeMap<>(Map.of(
                "openstack.auth_url", services.authUrl().toString(),
                "openstack.user", services.ferric().name(),
                "openstack.key_file", secret("password", services.ferric().password()),
                "openstack.tenant_name", services.ferric().project(),
                "openstack.region", services.region()));
    }

    /** The same, and that floppies and ISOs go to the container. */
    Map<String, Object> publishingToSwift() throws IOException {
        Map<String, Object> all = settings();
        all.put("publisher.kind", "swift");
        all.put("publisher.swift.container", container);
        return all;
    }

    /** The same, and where in Swift Glance keeps its images, for TempURLs of them. */
    Map<String, Object> signingForGlance() throws IOException {
        Map<String, Object> all = publishingToSwift();
        all.put("openstack.glance.swift_account", "AUTH_" + services.serviceProjectId());
        all.put("openstack.glance.swift_temp_url_key_file", secret("glance-key", services.tempUrlKey()));
        return all;
    }

    /** A file that holds a secret, readable by its owner alone. */
    String secret(String name, String value) throws IOException {
        Path file = Files.writeString(folder.resolve(name), value + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    /** The names in the container. */
    List<Path> published() throws IOException {
        HttpResponse<String> listing = send("GET", containerUrl(), BodyPublishers.noBody(), Map.of());
        return listing.statusCode() == 404
                ? List.of()
                : listing.body().lines().map(Path::of).toList();
    }

    /** Puts a file into Glance, and returns the image's UUID. */
    String image(Path file, Map<String, String> properties) throws IOException {
        Map<String, String> wanted =
                new HashMap<>(Map.of("name", file.getFileName().toString(), "container_format", "bare"));
        wanted.put("disk_format", "raw");
        wanted.putAll(properties);
        URI images = URI.create(services.glanceUrl() + "/v2/images");
        HttpResponse<String> made = send(
                "POST",
                images,
                BodyPublishers.ofString(JSON.writeValueAsString(wanted)),
                Map.of("Content-Type", "application/json"));
        JsonNode image = JSON.readTree(made.body());
        String id = image.path("id").asText();
        expect(
                204,
                send(
                        "PUT",
                        URI.create(images + "/" + id + "/file"),
                        BodyPublishers.ofFile(file),
                        Map.of("Content-Type", "application/octet-stream")));
        return id;
    }

    /** What Swift says of an object of the container. */
    HttpResponse<String> head(String name) {
        return send("HEAD", URI.create(containerUrl() + "/" + name), BodyPublishers.noBody(), Map.of());
    }

    HttpResponse<String> send(String method, URI url, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofMinutes(1))
                .header("X-Auth-Token", token)
                .method(method, body);
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionFailedError(method + " " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionFailedError("interrupted", e);
        }
    }

    static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new AssertionFailedError(answer + " " + answer.body());
        }
    }
}
