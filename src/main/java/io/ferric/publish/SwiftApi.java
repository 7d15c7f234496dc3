package io.ferric.publish;

import io.ferric.publish.Publisher.Published;
import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.TempUrl.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages objects of one Swift account: upload, delete, look up, annotate, and sign URLs for them.
 *
 * <p>Every method throws {@link PublishException} with the code {@code SwiftOperationError} when Swift refuses or cannot be
 * reached, and {@link NoSuchObject} where an object must exist and does not. Safe for use by many threads. Source: Ironic's
 * {@code common/swift.py} and the iLO virtual media blueprint.
 */
public final class SwiftApi {
    private static final Logger LOG = LoggerFactory.getLogger(SwiftApi.class);
    private static final String METADATA = "x-object-meta-";
    /** A POST drops these unless they are repeated. */
    private static final List<String> KEPT_BY_POST =
            List.of("x-delete-at", "content-encoding", "content-disposition", "x-object-manifest");

    private final ObjectStore store;
    private final SwiftOptions options;
    private final Clock clock;
    private volatile Optional<Digest> digest;

    /** Works on an account that was reached already; see {@link Keystone#objectStore}. */
    public SwiftApi(ObjectStore store, SwiftOptions options, Clock clock) {
        this.store = store;
        this.options = options;
        this.clock = clock;
        this.digest = options.tempUrlDigest();
    }

    /**
     * Uploads a file as an object, replacing an older one. The MD5 of the file goes with it, so that Swift refuses what
     * arrives damaged, and what Swift says it stored is compared again.
     *
     * @return the object's id: its ETag, the MD5 of the content in hex
     */
    public String uploadObject(String container, String name, Path file, UploadOptions how) throws PublishException {
        String md5 = call("compute checksum", () -> Md5.of(file));
        Map<String, String> headers = new HashMap<>(Map.of("ETag", md5));
        how.deleteAfter().ifPresent(time -> headers.put("X-Delete-After", Long.toString(wholeSeconds(time))));
        if (how.createContainer()) {
            call("put container", () -> {
                store.createContainer(container);
                return container;
            });
        }
        String etag = call("put object", () -> store.putObject(container, name, file, headers));
        if (!etag.equalsIgnoreCase(md5)) {
            deleteObject(container, name);
            throw failure(
                    "put object",
                    "it stored something else than " + name + ": its ETag is \"" + etag + "\", not " + md5);
        }
        return etag;
    }

    /** Deletes an object. */
    public void deleteObject(String container, String name) throws PublishException {
        if (!call("delete object", () -> store.deleteObject(container, name))) {
            throw NoSuchObject.swift(container, name);
        }
    }

    /** The headers of an object, names in lower case; empty when there is no such object. */
    public Optional<Map<String, String>> headObject(String container, String name) throws PublishException {
        return call("head object", () -> store.headObject(container, name));
    }

    /** The objects whose names begin so; none when there is no such container. */
    public List<Published> listObjects(String container, String prefix) throws PublishException {
        return call("list objects", () -> store.listObjects(container, prefix));
    }

    /**
     * Sets metadata of an object ({@code X-Object-Meta-<key>}) and keeps the rest, its expiry included. Swift's own POST
     * replaces everything, so this reads first; two writers at once can lose one of the two changes.
     */
    public void updateObjectMetadata(String container, String name, Map<String, String> metadata)
            throws PublishException {
        Map<String, String> present =
                headObject(container, name).orElseThrow(() -> NoSuchObject.swift(container, name));
        Map<String, String> headers = new HashMap<>();
        present.forEach((header, value) -> {
            if (header.startsWith(METADATA) || KEPT_BY_POST.contains(header)) {
                headers.put(header, value);
            }
        });
        metadata.forEach((key, value) -> headers.put(METADATA + key.toLowerCase(Locale.ROOT), value));
        if (!call("post object", () -> store.postObject(container, name, headers))) {
            throw NoSuchObject.swift(container, name);
        }
    }

    /**
     * Signs a URL with which anybody can fetch the object for some time. Swift is asked for the account's key (unless one
     * is configured) but not for the object.
     */
    public SignedUrl getTempUrl(String container, String name, Duration ttl) throws PublishException {
        String key = tempUrlKey();
        URI account = call("get storage URL", store::storageUrl);
        Instant expires = clock.instant().plusSeconds(wholeSeconds(ttl));
        return TempUrl.sign(account, container, name, new SigningKey(key, digest()), expires);
    }

    private String tempUrlKey() throws PublishException {
        Optional<String> key = options.tempUrlKey();
        if (key.isEmpty()) {
            key = call("head account", store::accountTempUrlKey);
        }
        return key.filter(text -> !text.isBlank())
                .orElseThrow(() -> failure(
                        "get temporary URL",
                        "the account has no TempURL key. Set one (swift post -m Temp-URL-Key:<key>) or configure it"));
    }

    private Digest digest() throws PublishException {
        if (digest.isEmpty()) {
            Optional<List<String>> allowed = call("get /info", store::tempUrlDigests);
            digest = Optional.of(Digest.choose(allowed)
                    .orElseThrow(() -> failure(
                            "get temporary URL",
                            "it allows only the TempURL digests " + allowed.orElseThrow()
                                    + "; one of sha1, sha256, sha512 is needed")));
            if (allowed.filter(List::isEmpty).isPresent()) {
                LOG.warn(
                        "Swift's /info lists no TempURL digests; signing with sha1. Set publisher.swift.temp_url_digest if it is refused.");
            }
        }
        return digest.get();
    }

    private static long wholeSeconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).getSeconds());
    }

    private static <T> T call(String operation, Request<T> request) throws PublishException {
        try {
            return request.send();
        } catch (PublishException e) {
            throw e;
        } catch (IOException e) {
            String message = "Swift operation '" + operation + "' failed: " + Faults.reason(e);
            throw new PublishException(PublishException.SWIFT_OPERATION_ERROR, message, e);
        }
    }

    private static PublishException failure(String operation, String reason) {
        return new PublishException(
                PublishException.SWIFT_OPERATION_ERROR, "Swift operation '" + operation + "' failed: " + reason + ".");
    }

    @FunctionalInterface
    private interface Request<T> {
        T send() throws IOException;
    }
}
