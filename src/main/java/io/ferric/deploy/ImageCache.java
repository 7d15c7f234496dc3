package io.ferric.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** STUB */
public final class ImageCache {
    public ImageCache(ImageCacheConfig config, ImageSources sources, Clock clock) {}

    /** The sources it fetches from. */
    public ImageSources sources() {
        throw new UnsupportedOperationException();
    }

    /** Fetches an image to a file of the caller's own. */
    public CachedImage fetch(ImageRequest request, Path destination) throws IOException {
        throw new IOException();
    }

    /** The caller's file is no longer needed. */
    public void release(Path destination) throws IOException {}

    /** Removes what is too old or too much. */
    public void clean() {}
}
