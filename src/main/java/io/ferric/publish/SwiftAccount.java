package io.ferric.publish;

import io.ferric.publish.KeystoneSession.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpResponse;

/** A Swift account on the network. Source: OpenStack Object Storage API v1. */
final class SwiftAccount implements ObjectStore {
    private static final String SERVICE = "object-store";

    private final KeystoneSession session;

    SwiftAccount(KeystoneSession session) {
        this.session = session;
    }

    @Override
    public URI storageUrl() throws IOException {
        return session.endpoint(SERVICE);
    }

    @Override
    public Optional<String> accountTempUrlKey() throws IOException {
        try (HttpResponse answer = send(HttpMethod.HEAD, "", Map.of())) {
            requireSuccess(answer);
            return Optional.ofNullable(answer.header("X-Account-Meta-Temp-Url-Key"));
        }
    }

    @Override
    public Optional<List<String>> tempUrlDigests() throws IOException {
        URI url = storageUrl();
        String root = url.getRawPath().replaceFirst("/v1(/.*)?$", "");
        try (HttpResponse answer = session.get(url.resolve(root + "/info"))) {
            return answer.getStatus() == 200 ? Optional.of(digests(answer)) : Optional.empty();
        }
    }

    private static List<String> digests(HttpResponse answer) throws IOException {
        try {
            Object tempUrl = answer.readEntity(Map.class).get("tempurl");
            Object digests = tempUrl instanceof Map<?, ?> map ? map.get("allowed_digests") : null;
            return digests instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        } catch (ResponseException e) {
            throw new IOException("/info: " + Faults.reason(e), e);
        }
    }

    @Override
    public void createContainer(String container) throws IOException {
        try (HttpResponse answer = send(HttpMethod.PUT, path(container), Map.of())) {
            requireSuccess(answer);
        }
    }

    @Override
    public String putObject(String container, String name, Path file, Map<String, String> headers) throws IOException {
        Call call = new Call(HttpMethod.PUT, path(container, name), headers, Optional.of(file));
        try (HttpResponse answer = session.send(SERVICE, call)) {
            requireSuccess(answer);
            return Optional.ofNullable(answer.header("ETag")).orElse("").replace("\"", "");
        }
    }

    @Override
    public Optional<Map<String, String>> headObject(String container, String name) throws IOException {
        try (HttpResponse answer = send(HttpMethod.HEAD, path(container, name), Map.of())) {
            if (!found(answer)) {
                return Optional.empty();
            }
            Map<String, String> headers = new TreeMap<>();
            answer.headers().forEach((header, value) -> headers.put(header.toLowerCase(Locale.ROOT), value));
            return Optional.of(headers);
        }
    }

    @Override
    public boolean postObject(String container, String name, Map<String, String> headers) throws IOException {
        try (HttpResponse answer = send(HttpMethod.POST, path(container, name), headers)) {
            return found(answer);
        }
    }

    @Override
    public boolean deleteObject(String container, String name) throws IOException {
        try (HttpResponse answer = send(HttpMethod.DELETE, path(container, name), Map.of())) {
            return found(answer);
        }
    }

    private HttpResponse send(HttpMethod method, String path, Map<String, String> headers) throws IOException {
        return session.send(SERVICE, new Call(method, path, headers, Optional.empty()));
    }

    private static String path(String... parts) {
        return UrlPath.encode("/" + String.join("/", parts));
    }

    private static boolean found(HttpResponse answer) throws IOException {
        if (answer.getStatus() == 404) {
            return false;
        }
        requireSuccess(answer);
        return true;
    }

    private static void requireSuccess(HttpResponse answer) throws IOException {
        if (answer.getStatus() / 100 != 2) {
            throw new IOException("HTTP " + answer.getStatus());
        }
    }
}
