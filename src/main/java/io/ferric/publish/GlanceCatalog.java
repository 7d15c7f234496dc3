package io.ferric.publish;

import io.ferric.publish.KeystoneSession.Call;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpResponse;

/**
 * Glance on the network. Source: OpenStack Image API v2; that stores which cannot read from the middle answer a {@code Range}
 * with 400 was seen of Glance 25 with its Swift store, 206 of the same with its file store.
 */
final class GlanceCatalog implements ImageCatalog {
    private static final String SERVICE = "image";
    private static final String SWIFT = "object-store";

    private final KeystoneSession session;
    private final SwiftClock swiftClock;

    GlanceCatalog(KeystoneSession session, Clock clock) {
        this.session = session;
        this.swiftClock = new SwiftClock(clock);
    }

    @Override
    public Map<String, String> image(String uuid) throws IOException {
        try (HttpResponse answer = get(uuid, Map.of())) {
            if (answer.getStatus() != 200) {
                throw new UnexpectedStatus(answer.getStatus());
            }
            return attributes(answer);
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
    public Content content(String uuid, long offset) throws IOException {
        Map<String, String> range = offset > 0 ? Map.of("Range", "bytes=" + offset + "-") : Map.of();
        HttpResponse answer = get(uuid + "/file", range);
        try {
            if (offset == 0 || answer.getStatus() != 400) {
                return content(answer, offset);
            }
        } catch (IOException e) {
            answer.close();
            throw e;
        }
        answer.close();
        return content(uuid, 0);
    }

    private static Content content(HttpResponse answer, long offset) throws IOException {
        int status = answer.getStatus();
        if (status != 200 && status != 206) {
            throw new UnexpectedStatus(status);
        }
        String range = Optional.ofNullable(answer.header("Content-Range")).orElse("");
        if (status == 206 && !range.startsWith("bytes " + offset + "-")) {
            throw new IOException("asked for bytes from " + offset + " on, it sent \"" + range + "\"");
        }
        return new Content(answer.getInputStream(), status == 206 ? offset : 0, length(answer));
    }

    private static OptionalLong length(HttpResponse answer) {
        return Optional.ofNullable(answer.header("Content-Length"))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    @Override
    public URI objectStoreUrl() throws IOException {
        return session.endpoint(SWIFT);
    }

    @Override
    public Optional<List<String>> tempUrlDigests(URI endpoint) throws IOException {
        try (HttpResponse answer = session.get(URI.create(endpoint + "/info"))) {
            heard(answer);
            return SwiftAccount.info(answer).map(SwiftInfo::tempUrlDigests);
        }
    }

    @Override
    public int head(URI signedUrl) throws IOException {
        try (HttpResponse answer = session.head(signedUrl)) {
            heard(answer);
            return answer.getStatus();
        }
    }

    private void heard(HttpResponse answer) {
        Optional.ofNullable(answer.header("Date")).ifPresent(date -> swiftClock.heard(Map.of("date", date)));
    }

    @Override
    public Duration swiftAhead() {
        return swiftClock.ahead();
    }

    private HttpResponse get(String path, Map<String, String> headers) throws IOException {
        String version = session.endpoint(SERVICE).getPath().endsWith("/v2") ? "" : "/v2";
        return session.send(SERVICE, new Call(HttpMethod.GET, version + "/images/" + path, headers, Optional.empty()));
    }
}
