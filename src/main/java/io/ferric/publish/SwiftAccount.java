package io.ferric.publish;

import io.ferric.publish.KeystoneSession.Call;
import io.ferric.publish.Publisher.Published;
import io.ferric.publish.connector.FileBody;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

    static List<String> digests(HttpResponse answer) throws IOException {
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
        Call call = new Call(HttpMethod.PUT, path(container, name), headers, Optional.of(new FileBody(file)));
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
    public List<Published> listObjects(String container, String prefix) throws IOException {
        List<Published> all = new ArrayList<>();
        List<Published> page = page(container, prefix, "");
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page(container, prefix, page.get(page.size() - 1).name());
        }
        return all;
    }

    private List<Published> page(String container, String prefix, String after) throws IOException {
        String query = "?format=json&limit=1000&prefix=" + UrlPath.encode(prefix) + "&marker=" + UrlPath.encode(after);
        try (HttpResponse answer = send(HttpMethod.GET, path(container) + query, Map.of())) {
            return found(answer) ? entries(answer) : List.of();
        }
    }

    private static List<Published> entries(HttpResponse answer) throws IOException {
        try {
            List<Published> entries = new ArrayList<>();
            for (Object entry : answer.readEntity(List.class)) {
                Map<?, ?> object = (Map<?, ?>) entry;
                entries.add(new Published(
                        String.valueOf(object.get("name")),
                        LocalDateTime.parse(String.valueOf(object.get("last_modified")))
                                .toInstant(ZoneOffset.UTC),
                        ((Number) object.get("bytes")).longValue()));
            }
            return entries;
        } catch (ResponseException | ClassCastException | DateTimeException e) {
            throw new IOException("the listing cannot be understood: " + Faults.reason(e), e);
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
            throw new UnexpectedStatus(answer.getStatus());
        }
    }
}
