package io.ferric.lab.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab's target against libiscsi, through the tools of QEMU. */
class IscsiTargetIT {
    private static final String IQN = "iqn.2008-10.org.openstack:lab";
    private static final int MIB = 1 << 20;
    private static final long SIZE = 256L * MIB;

    @TempDir
    private Path folder;

    private Path diskFile;
    private SparseDisk disk;
    private Peer img;
    private Peer io;

    @BeforeEach
    void open() throws Exception {
        img = Peer.require("qemu-img");
        io = Peer.require("qemu-io");
        Peer.requireFile("/usr/lib/x86_64-linux-gnu/qemu/block-iscsi.so", "qemu-block-extra");
        diskFile = folder.resolve("disk.raw");
        disk = SparseDisk.open(diskFile, SIZE);
    }

    @AfterEach
    void close() throws Exception {
        disk.close();
    }

    @Test
    void takes_an_image_and_gives_it_back() throws Exception {
        Path image = randomFile(64 * MIB);
        try (IscsiTarget target = IscsiTarget.of(IQN, disk).start()) {
            img.run("convert", "-n", "-W", "-m", "16", "-f", "raw", "-O", "raw", image, url(target));
            img.run("convert", "-f", "raw", "-O", "raw", url(target), folder.resolve("back.raw"));
            assertThat(target.bytesWritten()).isGreaterThanOrEqualTo(64 * MIB);
            assertThat(target.sessionsDropped()).isZero();
        }
        assertThat(img.run("compare", "-f", "raw", "-F", "raw", image, diskFile))
                .contains("identical");
        assertThat(Files.mismatch(diskFile, folder.resolve("back.raw"))).isEqualTo(-1);
    }

    @Test
    void negotiates_as_narrowly_as_tgtd() throws Exception {
        Path image = randomFile(8 * MIB);
        try (IscsiTarget target =
                IscsiTarget.of(IQN, disk).limits(TargetLimits.likeTgt()).start()) {
            img.run("convert", "-n", "-W", "-m", "4", "-f", "raw", "-O", "raw", image, url(target));
        }
        assertThat(img.run("compare", "-f", "raw", "-F", "raw", image, diskFile))
                .contains("identical");
    }

    @Test
    void zeroes_what_was_written() throws Exception {
        try (IscsiTarget target = IscsiTarget.of(IQN, disk).start()) {
            String said = io.run(
                    "-f",
                    "raw",
                    "-c",
                    "write -P 0xab 1M 4M",
                    "-c",
                    "write -z -u 2M 1M",
                    "-c",
                    "write -z 4608k 256k",
                    "-c",
                    "read -P 0xab 1M 1M",
                    "-c",
                    "read -P 0 2M 1M",
                    "-c",
                    "read -P 0 4608k 256k",
                    "-c",
                    "read -P 0xab 4864k 256k",
                    "-c",
                    "flush",
                    url(target));
            assertThat(said).doesNotContain("failed").doesNotContain("error");
        }
    }

    @Test
    void lets_in_only_those_who_know_the_secret() throws Exception {
        try (IscsiTarget target =
                IscsiTarget.of(IQN, disk).chap("bob", "twelve-chars-x").start()) {
            String portal = "127.0.0.1:" + target.port() + "/" + IQN + "/1";
            assertThat(io.run("-f", "raw", "-c", "length", "iscsi://bob%twelve-chars-x@" + portal))
                    .contains("256 MiB");
            assertThat(io.tryRun("-f", "raw", "-c", "length", "iscsi://bob%wrong-secret@" + portal)
                            .exit())
                    .isNotZero();
            assertThat(io.tryRun("-f", "raw", "-c", "length", "iscsi://" + portal)
                            .exit())
                    .isNotZero();
        }
    }

    private Path randomFile(int size) throws Exception {
        Path file = folder.resolve("image.raw");
        Random random = new Random(7);
        byte[] piece = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < size; written += MIB) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        return file;
    }

    private static String url(IscsiTarget target) {
        return "iscsi://127.0.0.1:" + target.port() + "/" + IQN + "/1";
    }
}
