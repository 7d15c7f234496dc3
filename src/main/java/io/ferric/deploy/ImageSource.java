package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;

/** One kind of place that images come from. Safe for use by many threads. Messages hold no credentials. */
public interface ImageSource {
    /** Whether this source is the one for the reference, judged by its form alone. */
    boolean accepts(String reference);

    /** Checks the form of a reference that {@link #accepts} took, asking nobody; throws what is wrong with it. */
    default void check(String reference) {}

    /** Whether a node must declare a checksum for the images from here. */
    default boolean needsChecksum() {
        return false;
    }

    ImageMetadata metadata(String reference) throws IOException;

    /** The bytes from an offset on, streamed. The stream fails rather than waiting for ever. */
    InputStream open(String reference, long offset) throws IOException;
}
