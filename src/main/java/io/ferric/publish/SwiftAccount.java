package io.ferric.publish;

import io.ferric.publish.KeystoneSession.Call;
import io.ferric.publish.Publisher.Published;
import io.ferric.publish.connector.Body;
import io.ferric.publish.connector.ConnectionFault;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** A Swift account on the network. Source: OpenStack Object Storage API v1. */
final class SwiftAccount implements ObjectStore {
    private static final String SERVICE = "object-store";
    /**
     * Instead of HEAD of account and container: Swift may say {@code Transfer-Encoding: chunked} to that (without
     * proxy-logging in its pipeline), with 204, which {@code java.net.http} takes for an error.
     */
    private static final String SHORT_LISTING = "?format=json&limit=1";

    private final KeystoneSession session;

    SwiftAccount(KeystoneSession session) {
        this.session = session;
    }

    @Override
    public URI storageUrl() throws IOException {
        return session.endpoint(SERVICE);
    }

    @Override
    public Optional<SwiftInfo> info() throws IOException {
        URI url = storageUrl();
        String root = url.getRawPath().replaceFirst("/v1(/.*)?$", "");
        try (HttpResponse answer = session.get(url.resolve(root + "/info"))) {
            return info(answer);
        }
    }

    /** Also of a Swift that is not this session's own. */
    static Optional<SwiftInfo> info(HttpResponse answer) throws IOException {
        return switch (answer.getStatus()) {
            case 200 -> Optional.of(read(answer, () -> SwiftInfo.of(answer.readEntity(Map.class))));
            // 403 is Swift's word for expose_info = false
            case 403, 404, 405 -> Optional.empty();
            default -> throw refusal(answer);
        };
    }

    @Override
    public Map<String, String> headAccount() throws IOException {
        try (HttpResponse answer = send(HttpMethod.GET, SHORT_LISTING, Map.of())) {
            return success(answer);
        }
    }

    @Override
    public void postAccount(Map<String, String> headers) throws IOException {
        try (HttpResponse answer = send(HttpMethod.POST, "", headers)) {
            success(answer);
        }
    }

    @Override
    public Optional<Map<String, String>> headContainer(String container) throws IOException {
        try (HttpResponse answer = send(HttpMethod.GET, path(container) + SHORT_LISTING, Map.of())) {
            return found(answer) ? Optional.of(headers(answer)) : Optional.empty();
        }
    }

    @Override
    public void createContainer(String container) throws IOException {
        try (HttpResponse answer = send(HttpMethod.PUT, path(container), Map.of())) {
            success(answer);
        }
    }

    @Override
    public void postContainer(String container, Map<String, String> headers) throws IOException {
        try (HttpResponse answer = send(HttpMethod.POST, path(container), headers)) {
            success(answer);
        }
    }

    @Override
    public Map<String, String> putObject(String container, String name, Body content, Map<String, String> headers)
            throws IOException {
        return put(path(container, name), content, headers);
    }

    @Override
    public Map<String, String> putManifest(
            String container, String name, List<Segment> segments, Map<String, String> headers) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Segment each : segments) {
            lines.add(Map.of(
                    "path", "/" + each.container() + "/" + each.name(),
                    "etag", each.etag(),
                    "size_bytes", each.size()));
        }
        byte[] document = ObjectMapperSingleton.getContext(List.class).writeValueAsBytes(lines);
        return put(path(container, name) + "?multipart-manifest=put", Body.of(document), headers);
    }

    private Map<String, String> put(String path, Body content, Map<String, String> headers) throws IOException {
        Call call = new Call(HttpMethod.PUT, path, headers, Optional.of(content));
        try (HttpResponse answer = session.send(SERVICE, call)) {
            return success(answer);
        }
    }

    @Override
    public Optional<List<Segment>> manifest(String container, String name) throws IOException {
        String query = "?multipart-manifest=get&format=raw";
        try (HttpResponse answer = send(HttpMethod.GET, path(container, name) + query, Map.of())) {
            return found(answer)
                    ? Optional.of(read(answer, () -> segments(answer.readEntity(List.class))))
                    : Optional.empty();
        }
    }

    private static List<Segment> segments(List<?> lines) {
        List<Segment> segments = new ArrayList<>();
        for (Object line : lines) {
            Map<?, ?> segment = (Map<?, ?>) line;
            String path = String.valueOf(segment.get("path")).replaceFirst("^/", "");
            int slash = path.indexOf('/');
            segments.add(new Segment(
                    path.substring(0, slash),
                    path.substring(slash + 1),
                    String.valueOf(segment.get("etag")),
                    ((Number) segment.get("size_bytes")).longValue()));
        }
        return segments;
    }

    @Override
    public Optional<Map<String, String>> headObject(String container, String name) throws IOException {
        try (HttpResponse answer = send(HttpMethod.HEAD, path(container, name), Map.of())) {
            return found(answer) ? Optional.of(headers(answer)) : Optional.empty();
        }
    }

    @Override
    public List<Published> listObjects(String container, String prefix) throws IOException {
        List<Published> all = new ArrayList<>();
        String after = "";
        for (List<Published> page = page(container, prefix, after);
                !page.isEmpty();
                page = page(container, prefix, after)) {
            all.addAll(page);
            String last = page.get(page.size() - 1).name();
            if (last.equals(after)) {
                throw new IOException("the listing does not go on after " + after);
            }
            after = last;
        }
        return all;
    }

    private List<Published> page(String container, String prefix, String after) throws IOException {
        String query = "?format=json&prefix=" + UrlPath.encode(prefix) + "&marker=" + UrlPath.encode(after);
        try (HttpResponse answer = send(HttpMethod.GET, path(container) + query, Map.of())) {
            return found(answer) ? read(answer, () -> entries(answer.readEntity(List.class))) : List.of();
        }
    }

    private static List<Published> entries(List<?> page) {
        List<Published> entries = new ArrayList<>();
        for (Object entry : page) {
            Map<?, ?> object = (Map<?, ?>) entry;
            entries.add(new Published(
                    String.valueOf(object.get("name")),
                    // Swift writes UTC without saying so, Ceph RGW with a Z
                    LocalDateTime.parse(
                                    String.valueOf(object.get("last_modified")).replaceFirst("Z$", ""))
                            .toInstant(ZoneOffset.UTC),
                    ((Number) object.get("bytes")).longValue()));
        }
        return entries;
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
        success(answer);
        return true;
    }

    private static Map<String, String> success(HttpResponse answer) throws IOException {
        if (answer.getStatus() / 100 != 2) {
            throw refusal(answer);
        }
        return headers(answer);
    }

    private static Refusal refusal(HttpResponse answer) {
        return new Refusal(answer.getStatus(), headers(answer));
    }

    private static Map<String, String> headers(HttpResponse answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.headers().forEach((header, value) -> headers.put(header.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    /** A document of Swift may be anything; what it is not shall not look like a fault of ours. */
    private static <T> T read(HttpResponse answer, Supplier<T> reading) throws IOException {
        try {
            return reading.get();
        } catch (ResponseException e) {
            if (e.getCause() instanceof ConnectionFault fault) {
                throw fault;
            }
            throw new IOException("the answer to HTTP " + answer.getStatus() + " cannot be understood", e);
        } catch (ClassCastException | DateTimeException | NullPointerException e) {
            throw new IOException("the answer to HTTP " + answer.getStatus() + " cannot be understood", e);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("the manifest cannot be understood", e);
        }
    }
}
