package io.ferric.deploy;

import io.ferric.image.Checksum;
import io.ferric.image.DiskImage;
import io.ferric.image.UnreadableImageException;
import io.ferric.node.OperationFailed;
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
        } catch (OperationFailed e) {
            throw blamed(e);
        }
    }

    /**
     * Compares the disk with the image: all its data, and its empty stretches as {@link ReadBack} samples them.
     *
     * @param where what holds the image, in words: {@code root partition}
     * @return what has been seen, in words
     */
    String verify(DiskWriter writer, long at, String where, Progress progress) throws IOException {
        boolean verbatim;
        ReadBack.Found found;
        try (DiskImage source = open()) {
            verbatim = source.verbatim();
            found = writer.readBack(source, at, progress);
        } catch (OperationFailed e) {
            throw blamed(e);
        }
        boolean asFetched =
                verbatim ? written.equals(image.sha256()) : ownHash().equals(image.sha256());
        if (!found.sha256().equals(written) || found.garbage().isPresent() || !asFetched) {
            throw mismatch(where, found);
        }
        return "the " + where
                + (found.sampled()
                        ? " holds the data of the image, and zeros wherever its empty stretches were sampled: sha256 "
                        : " holds the image: sha256 ")
                + image.sha256();
    }

    private RuntimeException mismatch(String where, ReadBack.Found found) {
        if (!ownHash().equals(image.sha256())) {
            return damaged();
        }
        String difference = found.sha256().equals(written)
                ? "it does not hold zeros at byte " + found.garbage().orElseThrow()
                        + " of the image, where it was told to make them"
                : "its data hash to " + found.sha256() + ", those of the image to " + written;
        return Faults.deploy(
                "The " + where + " does not read back as it was written: " + difference,
                "The server's disk or controller cannot be trusted; have it checked.");
    }

    /** What cannot be read was readable when it was fetched, unless the image itself is wrong inside. */
    private RuntimeException blamed(OperationFailed failure) {
        Throwable cause = failure.getCause();
        boolean unreadable = cause instanceof UnreadableImageException || cause instanceof BadTable;
        return unreadable && !ownHash().equals(image.sha256()) ? damaged() : failure;
    }

    private RuntimeException damaged() {
        cache.forget(request, image.path());
        return Faults.deploy(
                "The conductor's copy of the image was damaged after it had been fetched",
                "The copy is deleted; check the conductor's disk, then deploy again.");
    }

    /** What the image of a whole disk says about itself. */
    WholeDiskImage inspect() {
        try (DiskImage source = open()) {
            return WholeDiskImage.inspect(source);
        } catch (OperationFailed e) {
            throw blamed(e);
        } catch (IOException e) {
            throw blamed(DiskWriter.unreadable(e));
        }
    }

    private DiskImage open() {
        try {
            return DiskImage.reopen(image.path(), image.contentSize());
        } catch (IOException e) {
            throw DiskWriter.unreadable(e);
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
