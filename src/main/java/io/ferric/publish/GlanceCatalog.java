package io.ferric.publish;

import io.ferric.publish.KeystoneSession.Call;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpResponse;

/** Glance on the network. Source: OpenStack Image API v2. */
final class GlanceCatalog implements ImageCatalog {
    private static final String SERVICE = "image";
    /** Not there, not ours, or nothing uploaded yet. */
    private static final Set<Integer> ABSENT = Set.of(403, 404, 204);

    private final KeystoneSession session;

    GlanceCatalog(KeystoneSession session) {
        this.session = session;
    }

    @Override
    public Optional<Map<String, String>> image(String uuid) throws IOException {
        try (HttpResponse answer = get(uuid)) {
            return found(answer) ? Optional.of(attributes(answer)) : Optional.empty();
        } catch (ResponseException e) {
            throw new IOException(Faults.reason(e), e);
        }
    }

    private static Map<String, String> attributes(HttpResponse answer) {
        Map<String, String> attributes = new TreeMap<>();
        Map<?, ?> document = answer.readEntity(Map.class);
        document.forEach((name, value) -> {
            if (value != null) {
                attributes.put(String.valueOf(name), String.valueOf(value));
            }
        });
        return attributes;
    }

    @Override
    public Optional<InputStream> content(String uuid) throws IOException {
        HttpResponse answer = get(uuid + "/file");
        try {
            if (found(answer)) {
                return Optional.of(answer.getInputStream());
            }
            answer.close();
            return Optional.empty();
        } catch (IOException e) {
            answer.close();
            throw e;
        }
    }

    private HttpResponse get(String path) throws IOException {
        String version = session.endpoint(SERVICE).getPath().endsWith("/v2") ? "" : "/v2";
        return session.send(SERVICE, Call.of(HttpMethod.GET, version + "/images/" + path));
    }

    private static boolean found(HttpResponse answer) throws IOException {
        if (ABSENT.contains(answer.getStatus())) {
            return false;
        }
        if (answer.getStatus() != 200) {
            throw new UnexpectedStatus(answer.getStatus());
        }
        return true;
    }
}
