package io.ferric.deploy;

import io.ferric.image.Checksum;
import io.ferric.image.DiskImage;
import java.io.IOException;

/**
 * Brings an image to a place of the disk and reads it back from there. Finds out who is to blame when the two differ: the
 * server's disk, or our own copy of the image, which is thrown away then. For one thread and one use.
 */
final class ImageCopy {
    private final CachedImage image;
    private final ImageRequest request;
    private final ImageCache cache;
    private String written = "";

    ImageCopy(CachedImage image, ImageRequest request, ImageCache cache) {
        this.image = image;
        this.request = request;
        this.cache = cache;
    }

    /** Returns bytes sent as data. */
    long write(DiskWriter writer, long at, Progress progress) throws IOException {
        try (DiskImage source = open()) {
            DiskWriter.Written done = writer.copy(source, at, progress);
            written = done.sha256();
            return done.sent();
        }
    }

    /** @param where what holds the image, in words: {@code root partition} */
    void verify(DiskWriter writer, long at, String where, Progress progress) throws IOException {
        boolean verbatim;
        String found;
        try (DiskImage source = open()) {
            verbatim = source.verbatim();
            found = writer.sha256(source, at, progress);
        }
        boolean asFetched =
                verbatim ? written.equals(image.sha256()) : ownHash().equals(image.sha256());
        if (!found.equals(written) || !asFetched) {
            throw mismatch(where, found);
        }
    }

    private RuntimeException mismatch(String where, String found) {
        if (ownHash().equals(image.sha256())) {
            return Faults.deploy(
                    "The " + where + " does not read back as it was written: its data hash to " + found
                            + ", those of the image to " + written,
                    "The server's disk or controller cannot be trusted; have it checked.");
        }
        cache.forget(request, image.path());
        return Faults.deploy(
                "The conductor's copy of the image was damaged after it had been fetched",
                "The copy is deleted; check the conductor's disk, then deploy again.");
    }

    private DiskImage open() {
        try {
            return DiskImage.reopen(image.path(), image.contentSize());
        } catch (IOException e) {
            throw Faults.storage("Opening the image on the conductor's own disk", e);
        }
    }

    private String ownHash() {
        try {
            return Checksum.of(image.path(), "sha256").hex();
        } catch (IOException e) {
            throw Faults.storage("Reading the image on the conductor's own disk", e);
        }
    }
}
