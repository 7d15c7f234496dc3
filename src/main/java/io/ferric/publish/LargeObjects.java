package io.ferric.publish;

import io.ferric.publish.Publisher.Published;
import io.ferric.publish.connector.FileBody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files larger than one object may be, as static large objects: segments first, the manifest that makes them one object last,
 * so that nothing half uploaded is ever seen under the object's name.
 *
 * <p>Segments lie in the object's own container, as {@code ferric-segments/<object>/<upload>/<number>}: Swift serves a
 * TempURL signed with a container's key only from that container, and who may read one may read the other.
 */
final class LargeObjects {
    /** What the names of all segments begin with. */
    static final String FOLDER = "ferric-segments/";

    private static final Pattern UPLOAD = Pattern.compile("(ferric-segments/(.+)/[0-9a-f-]{36}/)[0-9]{8}");
    private static final Logger LOG = LoggerFactory.getLogger(LargeObjects.class);
    /** Segments are older than their manifest, and must not expire before it. */
    private static final Duration ALLOWANCE = Duration.ofHours(6);

    private final Swift swift;
    private final RandomGenerator random;

    LargeObjects(Swift swift, RandomGenerator random) {
        this.swift = swift;
        this.random = random;
    }

    /** The pieces of a file, each as large as it may be but the last. */
    List<FileBody> plan(Operation put, FileBody file, SwiftInfo info) throws PublishException {
        long size = file.length();
        long piece = Math.min(swift.options().segmentSize(), info.maxFileSize());
        long count = (size + piece - 1) / piece;
        if (count > info.maxSegments()) {
            throw put.failure("the file has " + size + " bytes, and this Swift takes no more than "
                    + (info.maxSegments() == 0
                            ? info.maxFileSize() + " (max_file_size, and it has no static large objects)."
                            : info.maxSegments() + " segments (max_manifest_segments) of " + piece
                                    + " bytes (max_file_size, publisher.swift.segment_size_mib)."));
        }
        List<FileBody> pieces = new ArrayList<>();
        for (long offset = 0; offset < size; offset += piece) {
            pieces.add(file.slice(offset, Math.min(piece, size - offset)));
        }
        return pieces;
    }

    /** @return the ETag of the whole, which is the MD5 of its segments' ETags */
    String upload(String container, String name, List<FileBody> pieces, UploadOptions how) throws PublishException {
        String folder = FOLDER + name + "/" + new UUID(random.nextLong(), random.nextLong()) + "/";
        List<Segment> segments = putSegments(container, folder, pieces, how);
        String etag = Md5.ofEtags(segments);
        try {
            putManifest(container, name, segments, Uploads.headers(how, Duration.ZERO));
            return etag;
        } catch (PublishException e) {
            Optional<Boolean> stands = stands(container, name, segments);
            if (stands.isEmpty()) {
                LOG.warn("it is not known whether Swift has {}/{}; its segments {} are left", container, name, folder);
                throw e;
            }
            if (!stands.get()) {
                remove(segments);
                throw e;
            }
            return etag; // Only the answer was lost.
        }
    }

    private List<Segment> putSegments(String container, String folder, List<FileBody> pieces, UploadOptions how)
            throws PublishException {
        List<Segment> segments = new ArrayList<>();
        try {
            for (FileBody piece : pieces) {
                String name = folder + String.format("%08d", segments.size());
                segments.add(new Segment(container, name, "", piece.length()));
                String etag = put(container, name, piece, how);
                segments.set(segments.size() - 1, new Segment(container, name, etag, piece.length()));
            }
            return segments;
        } catch (PublishException | RuntimeException e) {
            remove(segments);
            throw e;
        }
    }

    private String put(String container, String name, FileBody piece, UploadOptions how) throws PublishException {
        Operation put = Operation.ofObject("put segment", container, name).detailed(piece.length() + " bytes");
        Map<String, String> headers =
                Uploads.headers(how.withAnnotations(Annotations.ofPieces(how.annotations())), ALLOWANCE);
        return swift.putChecked(put, new Target(container, name), piece, headers);
    }

    private void putManifest(String container, String name, List<Segment> segments, Map<String, String> headers)
            throws PublishException {
        Operation put = Operation.ofObject("put manifest", container, name).detailed(segments.size() + " segments");
        Map<String, String> answer =
                swift.retries().ask(put, () -> swift.store().putManifest(container, name, segments, headers));
        String etag = Swift.etag(swift.time().heard(answer));
        if (!etag.equalsIgnoreCase(Md5.ofEtags(segments))) {
            swift.retries().ask(put, () -> swift.store().deleteObject(container, name));
            throw put.failure(
                    "Swift made something else of the segments, whose ETag is \"" + etag + "\". It was deleted again.");
        }
    }

    /** Whether the manifest arrived whose answer did not; empty when nobody can tell. The ETag may be that of the old one. */
    private Optional<Boolean> stands(String container, String name, List<Segment> ours) {
        try {
            List<String> there =
                    segments(container, name).stream().map(Segment::name).toList();
            return Optional.of(there.equals(ours.stream().map(Segment::name).toList()));
        } catch (PublishException e) {
            return Optional.empty();
        }
    }

    /** The segments of an object; none when it is an ordinary one, or is not there. */
    List<Segment> segments(String container, String name) throws PublishException {
        Operation head = Operation.ofObject("head object", container, name);
        return segments(
                container, name, swift.retries().ask(head, () -> swift.store().headObject(container, name)));
    }

    /** The same, of an object whose headers are known. */
    List<Segment> segments(String container, String name, Optional<Map<String, String>> headers)
            throws PublishException {
        boolean several = headers.map(all -> all.getOrDefault("x-static-large-object", ""))
                .filter(value -> value.equalsIgnoreCase("true"))
                .isPresent();
        if (!several) {
            return List.of();
        }
        Operation read = Operation.ofObject("get manifest", container, name);
        return swift.retries()
                .ask(read, () -> swift.store().manifest(container, name))
                .orElse(List.of());
    }

    /**
     * Deletes the segments that no manifest names, of uploads which put none since then and whose segments bear these
     * annotations.
     *
     * @return the folders of the uploads
     */
    List<String> removeOrphans(String container, Map<String, String> marked, Instant since) throws PublishException {
        Operation list = Operation.ofContainer("list segments", container);
        Map<String, List<Published>> uploads = new TreeMap<>();
        for (Published each : swift.retries().ask(list, () -> swift.store().listObjects(container, FOLDER))) {
            Matcher name = UPLOAD.matcher(each.name());
            if (name.matches()) {
                uploads.computeIfAbsent(name.group(1), folder -> new ArrayList<>())
                        .add(each);
            }
        }
        uploads.values().removeIf(pieces -> pieces.stream()
                .anyMatch(each -> each.stored().isAfter(since)));
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, List<Published>> upload : uploads.entrySet()) {
            if (removeOrphan(container, upload.getValue(), marked)) {
                removed.add(upload.getKey());
            }
        }
        return removed;
    }

    private boolean removeOrphan(String container, List<Published> pieces, Map<String, String> marked)
            throws PublishException {
        String first = pieces.get(0).name();
        Matcher name = UPLOAD.matcher(first);
        Operation head = Operation.ofObject("head segment", container, first);
        Optional<Map<String, String>> headers =
                swift.retries().ask(head, () -> swift.store().headObject(container, first));
        boolean ours = headers.map(Annotations::ofHeaders)
                .filter(marks -> marks.entrySet().containsAll(marked.entrySet()))
                .isPresent();
        if (!ours || !name.matches()) {
            return false;
        }
        boolean needed = segments(container, name.group(2)).stream()
                .anyMatch(each -> each.name().startsWith(name.group(1)));
        if (!needed) {
            remove(pieces.stream()
                    .map(each -> new Segment(container, each.name(), "", each.size()))
                    .toList());
        }
        return !needed;
    }

    /** Deletes segments of an object that is no more. What cannot be deleted is named in the log. */
    void remove(List<Segment> segments) {
        for (Segment each : segments) {
            try {
                Operation delete = Operation.ofObject("delete segment", each.container(), each.name());
                swift.retries().ask(delete, () -> swift.store().deleteObject(each.container(), each.name()));
            } catch (PublishException e) {
                LOG.warn("a segment is left that nothing needs: {}", e.getMessage());
            }
        }
    }
}
