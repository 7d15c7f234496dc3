package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Reads hostile images. */
final class Fuzz {
    private static final long MOST = 64L << 20;

    private Fuzz() {}

    /** Whatever is in the file: either bytes or an {@link IOException}, never anything else. */
    static void readsOrRefuses(Path file) {
        try (DiskImage image = DiskImage.open(file, MOST)) {
            image.content();
            ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
            long end = 0;
            for (Optional<Extent> next = image.nextData(0); next.isPresent(); next = image.nextData(end)) {
                assertThat(next.get().start()).isGreaterThanOrEqualTo(end);
                assertThat(next.get().length()).isPositive();
                assertThat(next.get().end()).isLessThanOrEqualTo(image.size());
                end = next.get().end();
                for (long at = next.get().start(); at < end; at += buffer.limit()) {
                    image.read(at, buffer.clear().limit((int) Math.min(buffer.capacity(), end - at)));
                }
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
