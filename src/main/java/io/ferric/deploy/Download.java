package io.ferric.deploy;

import io.ferric.image.Checksum;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * One transfer of an image into a new file: hashed as it passes, resumed a few times where it broke off, blocks of zeros
 * left as holes. What it leaves at the target when it fails is the caller's to delete. For one thread and one use.
 */
final class Download {
    private static final int BLOCK = 256 * 1024;
    /** How often it is tried anew before at least another block has come. */
    private static final int RESUMPTIONS = 3;

    private final ImageSource source;
    private final ImageRequest request;
    private final OptionalLong size;
    private final long maxBytes;
    private final MessageDigest sha256 = Sha256.start();
    private final MessageDigest declared;
    private final Patience patience;
    private final Pace pace;
    private final byte[] block = new byte[BLOCK];
    private long done;

    /** @param size what the source says the bytes will be */
    Download(ImageSource source, ImageRequest request, OptionalLong size, long maxBytes, Patience patience) {
        this.source = source;
        this.request = request;
        this.size = size;
        this.maxBytes = maxBytes;
        this.patience = patience;
        this.pace = new Pace(patience.nanoTime());
        this.declared = request.checksum().map(Checksum::newDigest).orElseGet(Sha256::start);
    }

    /** Transfers all, and compares the checksum of the request when there is one. */
    CachedImage to(Path target, Volume volume, Progress progress) {
        refuseIfLarger(size.orElse(0));
        String doing = "Storing image " + shown();
        try (SeekableByteChannel file = volume.create(target)) {
            HoleWriter out = new HoleWriter(file, doing);
            transfer(out, progress);
            out.finish();
        } catch (IOException e) {
            throw Faults.storage(doing, e);
        }
        compareSize();
        compareChecksum();
        return CachedImage.raw(target, done, Sha256.hex(sha256));
    }

    private void transfer(HoleWriter out, Progress progress) {
        int failures = 0;
        while (true) {
            long before = done;
            try {
                read(out, progress);
                return;
            } catch (IOException e) {
                failures = done - before >= BLOCK ? 1 : failures + 1;
                if (done == 0 || failures > RESUMPTIONS) {
                    throw Faults.deploy(
                            "Fetching image " + shown() + " failed after " + done + " bytes: " + Faults.words(e),
                            "Look whether its server is up and reachable from the conductor.",
                            e);
                }
                pause(failures);
            }
        }
    }

    private void read(HoleWriter out, Progress progress) throws IOException {
        try (InputStream in = source.open(request.reference(), done)) {
            pace.restart();
            int filled = 0;
            for (int count = in.read(block); count >= 0; count = in.read(block, filled, BLOCK - filled)) {
                refuseIfTooSlow(count);
                filled += count;
                if (filled == BLOCK || pace.ticks()) {
                    take(filled, out);
                    filled = 0;
                    progress.at(done, size.orElse(0));
                }
            }
            take(filled, out);
            progress.at(done, size.orElse(0));
        }
    }

    private void refuseIfTooSlow(int count) {
        if (!pace.keeps(count)) {
            throw Faults.deploy(
                    "Fetching image " + shown() + " is too slow: less than 1 KiB/s came for a whole minute",
                    "Look at its server and the network between; then deploy again.");
        }
    }

    /** A server that starts anew needs a moment, and more of it the more often it fails: 1, 2, 4 s. */
    private void pause(int failures) {
        try {
            patience.pause().pause(Duration.ofSeconds(1L << (failures - 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.deploy("Fetching image " + shown() + " was interrupted", "Deploy again.", e);
        }
    }

    private void take(int count, HoleWriter out) {
        refuseIfLarger(done + count);
        sha256.update(block, 0, count);
        if (request.checksum().isPresent()) {
            declared.update(block, 0, count);
        }
        out.write(ByteBuffer.wrap(block, 0, count));
        done += count;
    }

    private void refuseIfLarger(long bytes) {
        if (bytes > maxBytes) {
            throw Faults.unacceptable(
                    request.reference(),
                    "it is larger than the " + maxBytes / Mib.BYTES + " MiB that are allowed",
                    "Give a smaller one, or raise deploy.image_cache.max_image_mib.");
        }
    }

    private void compareSize() {
        if (size.isPresent() && size.getAsLong() != done) {
            throw Faults.unacceptable(
                    request.reference(),
                    "it should have " + size.getAsLong() + " bytes, but " + done + " came",
                    "It is truncated or was changed while it was read; try again.");
        }
    }

    private void compareChecksum() {
        request.checksum().ifPresent(expected -> {
            byte[] actual = declared.digest();
            if (!expected.matches(actual)) {
                throw new OperationFailed(
                        FaultCode.IMAGE_CHECKSUM_ERROR,
                        "Image " + shown() + " does not have the declared checksum " + expected + "; its own is "
                                + HexFormat.of().formatHex(actual),
                        "The image was changed or damaged: correct the image or image_checksum.");
            }
        });
    }

    private String shown() {
        return Faults.shown(request.reference());
    }
}
