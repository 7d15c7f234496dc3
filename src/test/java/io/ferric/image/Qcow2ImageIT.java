package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.testkit.Peer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What qemu-img and qemu-io make, read by us, and compared by qemu-img. */
class Qcow2ImageIT {
    private static final int SIZE = 24 << 20;
    private static final List<String> OPTIONS = List.of(
            "compat=0.10",
            "compat=0.10,cluster_size=512",
            "compat=1.1",
            "compat=1.1,cluster_size=512",
            "compat=1.1,cluster_size=4096",
            "compat=1.1,cluster_size=2M",
            "lazy_refcounts=on",
            "refcount_bits=1",
            "extended_l2=on",
            "extended_l2=on,cluster_size=16k",
            "extended_l2=on,cluster_size=2M,compression_type=zstd",
            "compression_type=zstd",
            "compression_type=zstd,cluster_size=2M",
            "compression_type=zstd,cluster_size=512",
            "preallocation=metadata");

    @TempDir
    Path folder;

    @Property(tries = 40)
    void any_pattern_that_qemu_io_writes_is_read(@ForAll @From("options") String options, @ForAll long seed)
            throws IOException {
        Peer qemu = Peer.require("qemu-img");
        Path temp = Files.createTempDirectory("qcow2");
        try {
            Path image = temp.resolve("image");
            qemu.run("create", "-q", "-f", "qcow2", "-o", options, image, SIZE);
            Peer.require("qemu-io").tryRun(writes(new Random(seed), image));
            // now and then QEMU itself counts a reference too many, or stops a write of its own that would overlap and
            // marks the image as corrupt (its check is content then): such an image is none to be held against
            Assume.that(qemu.tryRun("check", "-q", "-f", "qcow2", image).exit() == 0);
            Assume.that(!qemu.run("info", "-f", "qcow2", image).contains("corrupt: true"));
            assertSame(image, temp);
        } finally {
            for (Path each : List.of(temp.resolve("image"), temp.resolve("raw"), temp)) {
                Files.deleteIfExists(each);
            }
        }
    }

    @Provide
    Arbitrary<String> options() {
        return Arbitraries.of(OPTIONS);
    }

    private static Object[] writes(Random random, Path image) {
        List<Object> arguments = new ArrayList<>(List.of("-f", "qcow2"));
        for (int i = random.nextInt(40); i > 0; i--) {
            long at = random.nextInt(SIZE / 512) * 512L;
            long length = Math.min(SIZE - at, (1 + random.nextInt(random.nextBoolean() ? 8 : 4096)) * 512L);
            arguments.add("-c");
            arguments.add(
                    switch (random.nextInt(6)) {
                        case 0 -> "write -z " + at + " " + length;
                        case 1 -> "write -z -u " + at + " " + length;
                        case 2 -> "discard " + at + " " + length;
                        case 3 -> "write -c -P " + random.nextInt(256) + " " + (at >> 21 << 21) + " 2M";
                        default -> "write -P " + random.nextInt(256) + " " + at + " " + length;
                    });
        }
        arguments.add(image);
        return arguments.toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "-q",
        "-c",
        "-c -o compression_type=zstd",
        "-c -o cluster_size=2M",
        "-c -o cluster_size=512",
        "-o compat=0.10 -c"
    })
    void a_converted_file_system_is_read_and_recognised(String options) throws IOException {
        Path raw = fileSystem();
        Path image = folder.resolve("image.qcow2");
        List<Object> arguments = new ArrayList<>(List.of("convert", "-f", "raw", "-O", "qcow2"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of(raw, image));
        Peer.require("qemu-img").run(arguments.toArray());

        assertSame(image, folder);
        try (DiskImage disk = DiskImage.open(image)) {
            assertThat(disk.content().format()).isEqualTo(ImageFormat.EXT);
            assertThat(disk.content().label()).contains("root");
            assertThat(DiskImageReader.data(disk)).isLessThan(Files.size(raw));
        }
    }

    @Test
    void only_the_disk_of_today_counts_not_its_snapshots() throws IOException {
        Path image = folder.resolve("image.qcow2");
        Peer.require("qemu-img").run("create", "-q", "-f", "qcow2", image, "8M");
        Peer.require("qemu-io").run("-f", "qcow2", "-c", "write -P 1 0 4M", image);
        Peer.require("qemu-img").run("snapshot", "-c", "before", image);
        Peer.require("qemu-io").run("-f", "qcow2", "-c", "write -P 2 1M 1M", image);

        assertSame(image, folder);
    }

    @Test
    void an_image_left_open_by_a_killed_machine_is_read() throws IOException {
        Path image = folder.resolve("image.qcow2");
        Peer.require("qemu-img").run("create", "-q", "-f", "qcow2", "-o", "lazy_refcounts=on", image, "8M");
        Peer.require("qemu-io").tryRun("-f", "qcow2", "-c", "write -P 7 3M 2M", "-c", "flush", "-c", "abort", image);

        try (DiskImage disk = DiskImage.open(image)) {
            byte[] bytes = DiskImageReader.bytes(disk);
            assertThat(Arrays.copyOfRange(bytes, 3 << 20, 5 << 20)).containsOnly(7);
            assertThat(disk.nextData(0)).contains(new Extent(3 << 20, 2 << 20));
        }
    }

    @Test
    void two_tebibytes_of_nothing_take_no_time() throws IOException {
        Path image = folder.resolve("image.qcow2");
        Peer.require("qemu-img").run("create", "-q", "-f", "qcow2", image, "2T");

        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            try (DiskImage disk = DiskImage.open(image)) {
                assertThat(disk.size()).isEqualTo(2L << 40);
                assertThat(disk.nextData(0)).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcow2", "qcow2 -c", "qcow2 -c -o compression_type=zstd"})
    void wherever_one_begins_to_read_the_bytes_are_right(String how) throws IOException {
        Path raw = fileSystem();
        Path image = folder.resolve("image.qcow2");
        List<Object> arguments = new ArrayList<>(List.of("convert", "-f", "raw", "-O"));
        arguments.addAll(List.of(how.split(" ")));
        arguments.addAll(List.of(raw, image));
        Peer.require("qemu-img").run(arguments.toArray());
        Random random = new Random(1);
        try (DiskImage disk = DiskImage.open(image);
                RandomAccessFile file = new RandomAccessFile(raw.toFile(), "r")) {
            for (int i = 0; i < 200; i++) {
                long at = random.nextInt((int) disk.size());
                byte[] expected = new byte[(int) Math.min(disk.size() - at, random.nextInt(300_000))];
                file.seek(at);
                file.readFully(expected);
                byte[] found = new byte[expected.length];
                disk.read(at, ByteBuffer.wrap(found));
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Test
    void what_needs_more_than_the_file_is_refused_by_name() throws IOException {
        Peer qemu = Peer.require("qemu-img");
        Path base = folder.resolve("base.raw");
        Files.write(base, new byte[1 << 20]);
        Path image = folder.resolve("image.qcow2");
        qemu.run("create", "-q", "-f", "qcow2", "-F", "raw", "-b", base, image);
        assertRefused(image, "'" + base + "'");
        qemu.run("create", "-q", "-f", "qcow2", "-o", "data_file=" + folder.resolve("data"), image, "8M");
        assertRefused(image, "another file");
        qemu.run(
                "create",
                "-q",
                "-f",
                "qcow2",
                "--object",
                "secret,id=s,data=x",
                "-o",
                "encrypt.format=aes,encrypt.key-secret=s",
                image,
                "8M");
        assertRefused(image, "encrypted");
    }

    private static void assertRefused(Path image, String words) {
        assertThatThrownBy(() -> DiskImage.open(image))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining(words);
    }

    private static void assertSame(Path image, Path folder) throws IOException {
        try (DiskImage disk = DiskImage.open(image)) {
            Path raw = DiskImageReader.raw(disk, folder.resolve("raw"));
            Peer.require("qemu-img").run("compare", "-q", "-f", "qcow2", "-F", "raw", image, raw);
        }
    }

    private Path fileSystem() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        byte[] noise = new byte[3 << 20];
        new Random(5).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Files.writeString(tree.resolve("text"), "the quick brown fox\n".repeat(200_000));
        Path raw = folder.resolve("root.img");
        Peer.require("mke2fs").run("-q", "-t", "ext4", "-L", "root", "-d", tree, raw, "40M");
        return raw;
    }
}
