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
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * One transfer of an image into a new file: hashed as it passes, resumed a few times where it broke off, blocks of zeros
 * left as holes. What it leaves at the target when it fails is the caller's to delete. For one thread and one use.
 */
final class Download {
    private static final int BLOCK = 256 * 1024;
    private static final int RESUMPTIONS = 3;

    private final ImageSource source;
    private final ImageRequest request;
    private final OptionalLong size;
    private final long maxBytes;
    private final MessageDigest sha256 = Sha256.start();
    private final MessageDigest declared;
    private final byte[] block = new byte[BLOCK];
    private long done;

    /** @param size what the source says the bytes will be */
    Download(ImageSource source, ImageRequest request, OptionalLong size, long maxBytes) {
        this.source = source;
        this.request = request;
        this.size = size;
        this.maxBytes = maxBytes;
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
        return new CachedImage(target, done, Sha256.hex(sha256));
    }

    private void transfer(HoleWriter out, Progress progress) {
        for (int attempt = 0; ; attempt++) {
            try (InputStream in = source.open(request.reference(), done)) {
                for (int count = in.readNBytes(block, 0, BLOCK); count > 0; count = in.readNBytes(block, 0, BLOCK)) {
                    take(count, out);
                    progress.at(done, size.orElse(0));
                }
                return;
            } catch (IOException e) {
                if (done == 0 || attempt == RESUMPTIONS) {
                    throw Faults.deploy(
                            "Fetching image " + shown() + " failed after " + done + " bytes: " + Faults.words(e),
                            "Look whether its server is up and reachable from the conductor.",
                            e);
                }
            }
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
