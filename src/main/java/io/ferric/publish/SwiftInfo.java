package io.ferric.publish;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code GET /info} says of a Swift, as far as Ferric needs it.
 *
 * @param tempUrlDigests what URLs may be signed with; empty when it names none, as old Swift and Ceph RGW do
 * @param maxFileSize of one object, or one segment, in bytes; Swift's own 5 GiB where it is not said
 * @param maxSegments how many segments one object may have; 0 when there are no static large objects
 */
public record SwiftInfo(List<String> tempUrlDigests, long maxFileSize, int maxSegments) {
    private static final long USUAL_MAX_FILE_SIZE = 5L * 1024 * 1024 * 1024;
    private static final int USUAL_MAX_SEGMENTS = 1000;

    /** @param document the JSON document */
    static SwiftInfo of(Map<?, ?> document) {
        List<String> digests = part(document, "tempurl")
                .map(tempUrl -> tempUrl.get("allowed_digests"))
                .filter(List.class::isInstance)
                .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                .orElse(List.of());
        long maxFileSize = part(document, "swift")
                .flatMap(swift -> positive(swift.get("max_file_size")))
                .orElse(USUAL_MAX_FILE_SIZE);
        long maxSegments = part(document, "slo")
                .map(slo -> positive(slo.get("max_manifest_segments")).orElse((long) USUAL_MAX_SEGMENTS))
                .orElse(0L);
        return new SwiftInfo(digests, maxFileSize, (int) Math.min(Integer.MAX_VALUE, maxSegments));
    }

    /** What is likely where there is no {@code /info}. */
    static SwiftInfo unknown() {
        return new SwiftInfo(List.of(), USUAL_MAX_FILE_SIZE, USUAL_MAX_SEGMENTS);
    }

    private static Optional<Map<?, ?>> part(Map<?, ?> document, String name) {
        return document.get(name) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    }

    private static Optional<Long> positive(Object value) {
        return value instanceof Number number && number.longValue() > 0
                ? Optional.of(number.longValue())
                : Optional.empty();
    }
}
