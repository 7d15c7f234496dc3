package io.ferric.deploy;

import io.ferric.image.Checksum;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Images in memory under {@code mem:name}, of root file systems unless their properties say otherwise; counts downloads
 * and breaks them off when told to.
 */
final class FakeSource implements ImageSource {
    private static final Map<String, String> OF_ROOT = Map.of("kernel_id", "k", "ramdisk_id", "r");

    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger questions = new AtomicInteger();
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Map<String, String> versions = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> properties = new ConcurrentHashMap<>();
    private Optional<Checksum> vouched = Optional.empty();
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile int breaks;
    private volatile int trickle;
    private volatile Runnable onRead = () -> {};
    private volatile boolean sizeUnknown;
    private volatile long claimedSize = -1;
    private volatile Runnable onOpen = () -> {};

    FakeSource put(String reference, byte[] image) {
        images.put(reference, image);
        return this;
    }

    FakeSource version(String reference, String version) {
        versions.put(reference, version);
        return this;
    }

    FakeSource properties(String reference, Map<String, String> values) {
        properties.put(reference, values);
        return this;
    }

    FakeSource vouching(Checksum checksum) {
        vouched = Optional.of(checksum);
        return this;
    }

    /** The next streams end in an error after so many bytes, so many times. */
    FakeSource breaking(int afterBytes, int times) {
        breakAfter = afterBytes;
        breaks = times;
        return this;
    }

    /** Gives no more than so many bytes at a time, with this before each. */
    FakeSource trickling(int bytes, Runnable before) {
        trickle = bytes;
        onRead = before;
        return this;
    }

    FakeSource withoutSize() {
        sizeUnknown = true;
        return this;
    }

    FakeSource claiming(long size) {
        claimedSize = size;
        return this;
    }

    FakeSource onOpen(Runnable action) {
        onOpen = action;
        return this;
    }

    @Override
    public boolean accepts(String reference) {
        return reference.startsWith("mem:");
    }

    @Override
    public ImageMetadata metadata(String reference) throws IOException {
        questions.incrementAndGet();
        byte[] image = image(reference);
        long size = claimedSize >= 0 ? claimedSize : image.length;
        return new ImageMetadata(
                reference,
                sizeUnknown ? OptionalLong.empty() : OptionalLong.of(size),
                vouched,
                Optional.empty(),
                withVersion(reference));
    }

    @Override
    public InputStream open(String reference, long offset) throws IOException {
        opens.incrementAndGet();
        onOpen.run();
        byte[] image = image(reference);
        InputStream all = new ByteArrayInputStream(image, (int) offset, image.length - (int) offset);
        if (trickle > 0) {
            return new Trickling(all, trickle, onRead);
        }
        return breaks-- > 0 ? new Breaking(all, breakAfter) : all;
    }

    private Map<String, String> withVersion(String reference) {
        Map<String, String> all = new HashMap<>(properties.getOrDefault(reference, OF_ROOT));
        all.put("version", versions.getOrDefault(reference, "1"));
        return all;
    }

    private byte[] image(String reference) throws IOException {
        byte[] image = images.get(reference);
        if (image == null) {
            throw new IOException("there is no " + reference);
        }
        return image;
    }

    private static final class Trickling extends FilterInputStream {
        private final int most;
        private final Runnable before;

        Trickling(InputStream in, int most, Runnable before) {
            super(in);
            this.most = most;
            this.before = before;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            before.run();
            return super.read(target, offset, Math.min(length, most));
        }
    }

    private static final class Breaking extends FilterInputStream {
        private int left;

        Breaking(InputStream in, int left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("connection reset");
            }
            int count = super.read(target, offset, Math.min(length, left));
            left -= count;
            return count;
        }
    }
}
