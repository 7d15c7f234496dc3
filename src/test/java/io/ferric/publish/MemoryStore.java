package io.ferric.publish;

import io.ferric.publish.Publisher.Published;
import io.ferric.publish.connector.Body;
import io.ferric.publish.connector.FileBody;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A Swift account in memory, which fails as told. */
final class MemoryStore implements ObjectStore {
    final Map<String, byte[]> objects = new TreeMap<>();
    final Map<String, Map<String, String>> heads = new HashMap<>();
    final Map<String, List<Segment>> manifests = new HashMap<>();
    final Map<String, Map<String, String>> containers = new HashMap<>();
    final Map<String, String> account = new HashMap<>();
    final List<String> requests = new ArrayList<>();
    Optional<SwiftInfo> info = Optional.of(new SwiftInfo(List.of("sha1", "sha256"), 1L << 30, 1000));
    private final Deque<Trouble> troubles = new ArrayDeque<>();

    private record Trouble(String start, boolean afterwards, IOException fault) {}

    /** The next request that begins so fails. */
    MemoryStore failing(String start, IOException fault) {
        troubles.add(new Trouble(start, false, fault));
        return this;
    }

    /** The next request that begins so is carried out, and its answer lost. */
    MemoryStore losing(String start, IOException fault) {
        troubles.add(new Trouble(start, true, fault));
        return this;
    }

    private interface Action<T> {
        T perform() throws IOException;
    }

    private synchronized <T> T answer(String request, Action<T> action) throws IOException {
        requests.add(request);
        Optional<Trouble> trouble = troubles.stream()
                .filter(each -> request.startsWith(each.start()))
                .findFirst();
        trouble.ifPresent(troubles::remove);
        if (trouble.filter(each -> !each.afterwards()).isPresent()) {
            throw trouble.get().fault();
        }
        T result = action.perform();
        if (trouble.isPresent()) {
            throw trouble.get().fault();
        }
        return result;
    }

    @Override
    public URI storageUrl() {
        return URI.create("http://swift:8080/v1/AUTH_x");
    }

    @Override
    public Optional<SwiftInfo> info() throws IOException {
        return answer("GET /info", () -> info);
    }

    @Override
    public Map<String, String> headAccount() throws IOException {
        return answer("HEAD account", () -> Map.copyOf(account));
    }

    @Override
    public void postAccount(Map<String, String> headers) throws IOException {
        answer("POST account", () -> {
            account.putAll(headers);
            return true;
        });
    }

    @Override
    public Optional<Map<String, String>> headContainer(String container) throws IOException {
        return answer("HEAD " + container, () -> Optional.ofNullable(containers.get(container)));
    }

    @Override
    public void createContainer(String container) throws IOException {
        answer("PUT " + container, () -> containers.computeIfAbsent(container, name -> new HashMap<>()));
    }

    @Override
    public void postContainer(String container, Map<String, String> headers) throws IOException {
        answer("POST " + container, () -> {
            containers.get(container).putAll(headers);
            return true;
        });
    }

    @Override
    public Map<String, String> putObject(String container, String name, Body content, Map<String, String> headers)
            throws IOException {
        String path = container + "/" + name;
        return answer("PUT " + path, () -> {
            if (!containers.containsKey(container)) {
                throw new Refusal(404, Map.of());
            }
            byte[] octets = ((FileBody) content).observedBy(new Md5()).readAllBytes();
            String etag = FakeOpenStack.md5(octets);
            if (!headers.getOrDefault("ETag", etag).equals(etag)) {
                throw new Refusal(422, Map.of());
            }
            objects.put(path, octets);
            manifests.remove(path);
            return Map.of("etag", keep(path, etag, headers).get("etag"));
        });
    }

    private Map<String, String> keep(String path, String etag, Map<String, String> headers) {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((header, value) -> kept.put(header.toLowerCase(), value));
        kept.put("etag", etag);
        heads.put(path, kept);
        return kept;
    }

    @Override
    public Map<String, String> putManifest(
            String container, String name, List<Segment> segments, Map<String, String> headers) throws IOException {
        String path = container + "/" + name;
        return answer("PUT manifest " + path, () -> {
            String etags = "";
            for (Segment each : segments) {
                if (!objects.containsKey(each.container() + "/" + each.name())) {
                    throw new Refusal(400, Map.of());
                }
                etags += each.etag();
            }
            objects.put(path, new byte[0]);
            manifests.put(path, List.copyOf(segments));
            Map<String, String> kept = keep(path, "\"" + FakeOpenStack.md5(etags.getBytes()) + "\"", headers);
            kept.put("x-static-large-object", "True");
            return Map.of("etag", kept.get("etag"));
        });
    }

    @Override
    public Optional<List<Segment>> manifest(String container, String name) throws IOException {
        String path = container + "/" + name;
        return answer("GET manifest " + path, () -> Optional.ofNullable(manifests.get(path)));
    }

    @Override
    public Optional<Map<String, String>> headObject(String container, String name) throws IOException {
        String path = container + "/" + name;
        return answer("HEAD " + path, () -> Optional.ofNullable(heads.get(path)));
    }

    @Override
    public List<Published> listObjects(String container, String prefix) throws IOException {
        return answer("GET " + container, () -> objects.entrySet().stream()
                .filter(each -> each.getKey().startsWith(container + "/" + prefix))
                .map(each -> new Published(
                        each.getKey().substring(container.length() + 1), Instant.EPOCH, each.getValue().length))
                .collect(Collectors.toList()));
    }

    @Override
    public boolean postObject(String container, String name, Map<String, String> headers) throws IOException {
        String path = container + "/" + name;
        return answer("POST " + path, () -> heads.computeIfPresent(path, (key, old) -> new TreeMap<>(headers)) != null);
    }

    @Override
    public boolean deleteObject(String container, String name) throws IOException {
        String path = container + "/" + name;
        return answer("DELETE " + path, () -> {
            heads.remove(path);
            manifests.remove(path);
            return objects.remove(path) != null;
        });
    }
}
