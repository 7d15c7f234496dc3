package io.ferric.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes through a container of OpenStack Swift and signs TempURLs.
 *
 * <p>The container is made at the first upload where that is allowed. Objects published with a life carry {@code X-Delete-After}, so that Swift
 * deletes them. TempURLs are long, 200 characters and more: for BMCs that refuse them use {@link LocalPublisher}. Safe for
 * use by many threads.
 */
public final class SwiftPublisher implements Publisher {
    /** The container of Ironic's iLO drivers. */
    public static final String DEFAULT_CONTAINER = "ironic_ilo_container";

    private final SwiftApi swift;
    private final String container;
    private final UploadOptions upload;
    private final UrlLength length = new UrlLength();

    /** Makes the container, private, when it is not there. */
    public SwiftPublisher(SwiftApi swift, String container) {
        this(swift, container, UploadOptions.defaults());
    }

    /** @param upload what all uploads have in common, as whether they make the container */
    public SwiftPublisher(SwiftApi swift, String container, UploadOptions upload) {
        this.swift = swift;
        this.container = container;
        this.upload = upload;
    }

    @Override
    public SignedUrl publish(String name, Path file, Duration ttl) throws PublishException {
        return publish(name, file, ttl, Map.of());
    }

    @Override
    public SignedUrl publish(String name, Path file, Duration ttl, Map<String, String> annotations)
            throws PublishException {
        requireLife(ttl);
        Duration life = ttl.plus(timeToSend(file));
        upload(name, file, upload.withDeleteAfter(life).withAnnotations(annotations));
        return length.checked(swift.getTempUrl(container, name, ttl));
    }

    /** Swift counts from the beginning of an upload, the URL from its end; at 1 MiB/s, and nothing for a floppy. */
    private static Duration timeToSend(Path file) throws PublishException {
        try {
            return Duration.ofSeconds(Files.size(file) >> 20);
        } catch (IOException e) {
            throw new PublishException(
                    PublishException.INVALID_PARAMETER_VALUE,
                    "Cannot publish " + file + ": " + Faults.reason(e) + ".",
                    e);
        }
    }

    @Override
    public void store(String name, Path file, Map<String, String> annotations) throws PublishException {
        upload(name, file, upload.withAnnotations(annotations));
    }

    @Override
    public void annotate(String name, Map<String, String> annotations) throws PublishException {
        if (!annotations.isEmpty()) {
            swift.updateObjectMetadata(container, ObjectName.checked(name), annotations);
        }
    }

    @Override
    public Map<String, String> annotations(String name) throws PublishException {
        return swift.objectMetadata(container, ObjectName.checked(name));
    }

    @Override
    public List<Published> list(String prefix) throws PublishException {
        return swift.listObjects(container, prefix);
    }

    @Override
    public List<String> removeOrphanedPieces(Map<String, String> marked, Instant since) throws PublishException {
        return swift.deleteOrphanedSegments(container, marked, since);
    }

    @Override
    public SignedUrl sign(String name, Duration ttl) throws PublishException {
        requireLife(ttl);
        Map<String, String> head = swift.headObject(container, ObjectName.checked(name))
                .orElseThrow(() -> NoSuchObject.swift(container, name));
        Duration within = swift.within(head, ttl);
        if (within.isZero() || within.isNegative()) {
            throw NoSuchObject.swift(container, name);
        }
        return length.checked(swift.getTempUrl(container, name, within));
    }

    @Override
    public boolean exists(String name) throws PublishException {
        return swift.headObject(container, ObjectName.checked(name)).isPresent();
    }

    @Override
    public void remove(String name) throws PublishException {
        try {
            swift.deleteObject(container, ObjectName.checked(name));
        } catch (NoSuchObject e) {
            // It is gone, which is what was asked for.
        }
    }

    @Override
    public Optional<FetchLog> fetchLog() {
        return Optional.empty();
    }

    private static void requireLife(Duration ttl) throws PublishException {
        if (ttl.isZero() || ttl.isNegative()) {
            throw new PublishException(
                    PublishException.INVALID_PARAMETER_VALUE,
                    "The life of a URL must be longer than nothing, not " + ttl + ".");
        }
    }

    private void upload(String name, Path file, UploadOptions options) throws PublishException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PublishException(
                    PublishException.INVALID_PARAMETER_VALUE,
                    "Cannot publish " + file + " as " + name + ": it is not a regular file.");
        }
        swift.uploadObject(container, ObjectName.checked(name), file, options);
    }
}
