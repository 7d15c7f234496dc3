package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large images in a small Java: 300 MiB of ramdisk under a heap of 64 MiB. */
class StreamingIT {
    private static final int RAMDISK = 300 * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void writes_large_images_with_a_small_heap() throws Exception {
        Path ramdisk = folder.resolve("ramdisk");
        byte[] block = new byte[1024 * 1024];
        Random random = new Random(7);
        try (RandomAccessFile file = new RandomAccessFile(ramdisk.toFile(), "rw")) {
            for (int i = 0; i < RAMDISK / block.length; i++) {
                random.nextBytes(block);
                file.write(block);
            }
        }
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        ramdisk.toString(),
                        folder.toString())
                .inheritIO()
                .start();
        try {
            assertThat(java.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(java.exitValue()).isZero();
        } finally {
            java.destroyForcibly();
        }
        try (IsoReader iso = new IsoReader(folder.resolve("boot.iso"))) {
            long[] extent = iso.rockRidge.get("initrd").extents.get(0);
            assertThat(extent[1]).isEqualTo(RAMDISK);
            assertThat(iso.read(extent[0] * 2048 + RAMDISK - block.length, block.length)
                            .array())
                    .isEqualTo(block);
        }
        assertThat(folder.resolve("streamed.iso")).hasSameBinaryContentAs(folder.resolve("boot.iso"));
        assertThat(Files.size(folder.resolve("esp.img"))).isGreaterThan(RAMDISK);
    }

    /** Runs in the small Java: once copied by the kernel, once through a stream, once as a FAT volume. */
    static final class Program {
        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            Path folder = Path.of(arguments[1]);
            Content loader = Content.of(new byte[4096]);
            Content kernel = Content.of("kernel");
            BootIso copied = BootIso.of(kernel, Content.of(file), "", loader);
            Images.createBootIso(copied, folder.resolve("boot.iso"));
            BootIso streamed = BootIso.of(kernel, new Streamed(file), "", loader);
            Images.createBootIso(streamed, folder.resolve("streamed.iso"));
            VfatImage esp =
                    VfatImage.labelled("ESP").file("f", new Streamed(file)).build();
            Images.createVfatImage(esp, folder.resolve("esp.img"));
        }
    }

    /** A file that does not show that it is one. */
    private record Streamed(Path file) implements Content {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
