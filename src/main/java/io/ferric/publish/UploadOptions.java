package io.ferric.publish;

import java.time.Duration;
import java.util.Optional;

/**
 * Options of {@link SwiftApi#uploadObject}.
 *
 * @param createContainer make the container first if it is not there
 * @param deleteAfter let Swift delete the object after this time ({@code X-Delete-After}); empty for never
 */
public record UploadOptions(boolean createContainer, Optional<Duration> deleteAfter) {
    /** Makes the container if needed; the object stays until deleted. */
    public static UploadOptions defaults() {
        return new UploadOptions(true, Optional.empty());
    }

    public UploadOptions withDeleteAfter(Duration time) {
        return new UploadOptions(createContainer, Optional.of(time));
    }

    public UploadOptions withCreateContainer(boolean wanted) {
        return new UploadOptions(wanted, deleteAfter);
    }
}
