package io.ferric.publish;

import io.ferric.publish.Publisher.Published;
import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.TempUrl.SigningKey;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages objects of one Swift account: upload, delete, look up, annotate, and sign URLs for them. The blueprint's {@code
 * upload_object}, {@code delete_object} and {@code get_tmp_url} are {@link #uploadObject}, {@link #deleteObject} and {@link
 * #getTempUrl}.
 *
 * <p>Requests that fail for a reason which may pass (a lost connection, 408, 429, 498, 5xx) are tried again, {@link
 * SwiftOptions#maxRetries} times and after growing waits. That is safe: a PUT replaces the whole object or nothing, a POST
 * carries all metadata that shall be there, a DELETE of what is gone is done, and the rest only looks. Other refusals are
 * not repeated.
 *
 * <p>Every method throws {@link PublishException} with the code {@code SwiftOperationError} when Swift refuses or cannot be
 * reached, whose message names operation, container, object, status and cure; and {@link NoSuchObject} where an object must
 * exist and does not. Safe for use by many threads. Source: Ironic's {@code common/swift.py} and the iLO virtual media
 * blueprint.
 */
public final class SwiftApi {
    private static final Logger LOG = LoggerFactory.getLogger(SwiftApi.class);
    /** A POST drops these unless they are repeated. Source: Swift, object server, {@code allowed_headers}. */
    private static final List<String> KEPT_BY_POST = List.of(
            "x-delete-at",
            "content-encoding",
            "content-disposition",
            "content-language",
            "cache-control",
            "expires",
            "x-robots-tag",
            "x-object-manifest");

    private final Swift swift;
    private final Clock clock;
    private final InfoCache infos;
    private final TempUrlKeys keys;
    private final LargeObjects large;
    private final Uploads uploads;
    private final AtomicBoolean warnedOfSha1 = new AtomicBoolean();

    /**
     * Works on the account of a user's project, as the blueprint has it. Nobody logs in before the first request.
     *
     * @param user the name of a user with an operator role of Swift in the project
     * @param tenantName the name of the project
     * @param key the user's password
     * @param authUrl Keystone's, such as {@code https://keystone.example.org:5000/v3}
     * @throws PublishException with the code {@code InvalidParameterValue} for what cannot be used
     */
    public SwiftApi(String user, String tenantName, String key, URI authUrl) throws PublishException {
        this(
                Keystone.session(
                                Credentials.of(authUrl, user, key, tenantName),
                                KeystoneOptions.defaults(),
                                Clock.systemUTC())
                        .objectStore(),
                SwiftOptions.defaults(),
                Clock.systemUTC());
    }

    /** Works on an account that was reached already; see {@link Keystone#objectStore}. */
    public SwiftApi(ObjectStore store, SwiftOptions options, Clock clock) {
        this(store, options, clock, Pause.SLEEP, new SecureRandom());
    }

    /**
     * The same with waits and chance of the caller's.
     *
     * @param random keys come from it: a {@link SecureRandom} outside of tests
     */
    public SwiftApi(ObjectStore store, SwiftOptions options, Clock clock, Pause pause, RandomGenerator random) {
        this.swift = new Swift(
                store, options, new Retries(options.maxRetries(), pause, random, clock), new SwiftClock(clock));
        this.clock = clock;
        this.infos = new InfoCache(store, swift.retries(), clock);
        this.keys = new TempUrlKeys(swift, random, pause);
        this.large = new LargeObjects(swift, random);
        this.uploads = new Uploads(swift, infos, new Containers(swift), large);
    }

    /**
     * Uploads a file as an object, replacing an older one at the moment when the new one is whole. What Swift stored is
     * compared with what was sent by MD5; a file that changes while it is sent is an error. Files above {@link
     * SwiftOptions#segmentSize}, or Swift's own limit, go up in pieces.
     *
     * @return the object's id: its ETag, the MD5 of the content in hex, or of a large object the MD5 of its segments' ETags
     */
    public String uploadObject(String container, String name, Path file, UploadOptions how) throws PublishException {
        return uploads.upload(container, name, file, how);
    }

    /** Deletes an object, and its segments. */
    public void deleteObject(String container, String name) throws PublishException {
        Optional<Map<String, String>> head = headObject(container, name);
        if (head.isEmpty()) {
            throw NoSuchObject.swift(container, name);
        }
        List<Segment> segments = segmentsIfKnown(container, name, head);
        Operation delete = Operation.ofObject("delete object", container, name);
        swift.retries().ask(delete, () -> swift.store().deleteObject(container, name));
        large.remove(segments);
    }

    /** A manifest that cannot be read must not keep its object for ever. */
    private List<Segment> segmentsIfKnown(String container, String name, Optional<Map<String, String>> head) {
        try {
            return large.segments(container, name, head);
        } catch (PublishException e) {
            LOG.warn("the segments of {}/{} are not known and stay: {}", container, name, e.getMessage());
            return List.of();
        }
    }

    /** The headers of an object, names in lower case; empty when there is no such object. */
    public Optional<Map<String, String>> headObject(String container, String name) throws PublishException {
        Operation head = Operation.ofObject("head object", container, name);
        return swift.retries()
                .ask(head, () -> swift.store().headObject(container, name))
                .map(swift.time()::heard);
    }

    /** The objects whose names begin so, without the segments of large ones; none when there is no such container. */
    public List<Published> listObjects(String container, String prefix) throws PublishException {
        Operation list = Operation.ofContainer("list objects", container);
        return swift.retries().ask(list, () -> swift.store().listObjects(container, prefix)).stream()
                .filter(object -> !object.name().startsWith(LargeObjects.FOLDER))
                .toList();
    }

    /**
     * Deletes pieces of large objects that belong to none, because who uploaded them died.
     *
     * @param marked annotations that such pieces bear, with names that begin with {@code ferric_}
     * @param since an upload that put a piece after this time may still go on, and is left alone
     * @return what the names of the deleted began with
     */
    public List<String> deleteOrphanedSegments(String container, Map<String, String> marked, Instant since)
            throws PublishException {
        return large.removeOrphans(container, marked, since);
    }

    /**
     * Sets annotations of an object and keeps the rest, its expiry included: {@code usage_count} is the header {@code
     * X-Object-Meta-Usage-Count}. Swift's own POST replaces everything, so this reads first; two writers at once can lose
     * one of the two changes.
     */
    public void updateObjectMetadata(String container, String name, Map<String, String> metadata)
            throws PublishException {
        Map<String, String> present =
                headObject(container, name).orElseThrow(() -> NoSuchObject.swift(container, name));
        Map<String, String> headers = new HashMap<>();
        present.forEach((header, value) -> {
            if (header.startsWith(Annotations.HEADER) || KEPT_BY_POST.contains(header)) {
                headers.put(header, value);
            }
        });
        headers.putAll(Annotations.toHeaders(metadata));
        Operation post = Operation.ofObject("post object", container, name);
        if (!swift.retries().ask(post, () -> swift.store().postObject(container, name, headers))) {
            throw NoSuchObject.swift(container, name);
        }
    }

    /** The annotations of an object. */
    public Map<String, String> objectMetadata(String container, String name) throws PublishException {
        return Annotations.ofHeaders(
                headObject(container, name).orElseThrow(() -> NoSuchObject.swift(container, name)));
    }

    /**
     * Signs a URL with which anybody can fetch the object for some time, or what {@link SwiftOptions#tempUrlScope} makes of
     * that. Swift is asked for the key (unless one is configured) but not for the object. The time counts by Swift's clock
     * where that is known to differ.
     */
    public SignedUrl getTempUrl(String container, String name, Duration ttl) throws PublishException {
        Operation.ofObject("get temporary URL", container, name);
        SigningKey key = new SigningKey(keys.key(container), digest());
        URI account = swift.retries().ask(Operation.ofAccount("get storage URL"), swift.store()::storageUrl);
        Instant expires = clock.instant().plusSeconds(wholeSeconds(ttl));
        SignedUrl url = TempUrl.sign(
                account,
                container + "/" + name,
                key,
                expires.plus(swift.time().ahead()),
                swift.options().tempUrlScope());
        return new SignedUrl(url.uri(), Instant.ofEpochSecond(expires.getEpochSecond()));
    }

    /** Of a time to live as much as an object has left that Swift is going to delete. */
    Duration within(Map<String, String> head, Duration ttl) {
        String end = head.getOrDefault("x-delete-at", "");
        if (!end.matches("\\d{1,12}")) {
            return ttl;
        }
        Instant now = clock.instant().plus(swift.time().ahead());
        Duration left = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(end)));
        return left.compareTo(ttl) < 0 ? left : ttl;
    }

    private Digest digest() throws PublishException {
        if (swift.options().tempUrlDigest().isPresent()) {
            return swift.options().tempUrlDigest().get();
        }
        Optional<List<String>> allowed = infos.info().map(SwiftInfo::tempUrlDigests);
        if (allowed.filter(List::isEmpty).isPresent() && warnedOfSha1.compareAndSet(false, true)) {
            LOG.warn(
                    "Swift's /info lists no TempURL digests; signing with sha1. Set publisher.swift.temp_url_digest if it"
                            + " is refused.");
        }
        return Digest.choose(allowed).orElseThrow(() -> new Operation("get temporary URL", "the server", "")
                .failure("it allows only the TempURL digests " + allowed.orElseThrow()
                        + "; one of sha1, sha256, sha512 is needed (allowed_digests of its tempurl)."));
    }

    static long wholeSeconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).getSeconds());
    }
}
