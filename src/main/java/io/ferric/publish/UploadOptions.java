package io.ferric.publish;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Options of {@link SwiftApi#uploadObject}.
 *
 * @param createContainer make the container first if it is not there; it is private then
 * @param deleteAfter let Swift delete the object after this time ({@code X-Delete-After}); empty for never
 * @param annotations short texts that become the object's metadata, by name, as {@code usage_count}
 */
public record UploadOptions(boolean createContainer, Optional<Duration> deleteAfter, Map<String, String> annotations) {
    public UploadOptions {
        annotations = Map.copyOf(annotations);
    }

    /** Makes the container if needed; the object stays until deleted, and has no annotations. */
    public static UploadOptions defaults() {
        return new UploadOptions(true, Optional.empty(), Map.of());
    }

    public UploadOptions withDeleteAfter(Duration time) {
        return new UploadOptions(createContainer, Optional.of(time), annotations);
    }

    public UploadOptions withCreateContainer(boolean wanted) {
        return new UploadOptions(wanted, deleteAfter, annotations);
    }

    public UploadOptions withAnnotations(Map<String, String> texts) {
        return new UploadOptions(createContainer, deleteAfter, texts);
    }
}
