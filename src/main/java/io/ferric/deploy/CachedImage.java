package io.ferric.deploy;

import java.nio.file.Path;

/**
 * An image on our own disk, checked. Immutable.
 *
 * @param path the node's own name for it; never written to
 * @param size bytes of the file
 * @param sha256 what the file's bytes hash to, in lower-case hexadecimal, computed while they came
 * @param contentSize bytes of the disk or file system inside, which are not those of the file unless it is a raw image
 */
public record CachedImage(Path path, long size, String sha256, long contentSize) {
    /** A file that holds its content just as it is. */
    static CachedImage raw(Path path, long size, String sha256) {
        return new CachedImage(path, size, sha256, size);
    }

    CachedImage withContentSize(long bytes) {
        return new CachedImage(path, size, sha256, bytes);
    }

    /** The same under another name. */
    CachedImage at(Path other) {
        return new CachedImage(other, size, sha256, contentSize);
    }

    /** The size of the content in MiB, rounded up. */
    public long contentMib() {
        return Mib.roundUp(contentSize);
    }
}
