package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.image.DiskImage;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.iscsi.RemoteDisk;
import io.ferric.lab.iscsi.IscsiTarget;
import io.ferric.lab.iscsi.SparseDisk;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images to a disk behind iSCSI, compared by qemu-img. */
class DirectCopyIT {
    private static final String IQN = "iqn.2008-10.org.openstack:copy";
    private static final int MIB = 1 << 20;
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    @Test
    void little_more_than_what_is_allocated_goes_over_the_wire() throws IOException {
        Path noise = folder.resolve("noise");
        byte[] bytes = new byte[10 * MIB];
        new Random(1).nextBytes(bytes);
        Files.write(noise, bytes);
        Path image = folder.resolve("image.qcow2");
        Peer.require("qemu-img").run("create", "-q", "-f", "qcow2", image, "8G");
        for (String place : new String[] {"0", "3001M", "7G"}) {
            Peer.require("qemu-io").run("-f", "qcow2", "-c", "write -s " + noise + " " + place + " 10M", image);
        }
        Path file = folder.resolve("disk");
        try (SparseDisk disk = SparseDisk.open(file, 8 * GIB)) {
            disk.write(GIB, ByteBuffer.wrap(bytes));
            long before = Files.size(image);
            try (IscsiTarget target = IscsiTarget.of(IQN, disk).start()) {
                copy(image, target);
                assertThat(target.bytesWritten()).isBetween(30L * MIB, 30L * MIB * 105 / 100);
            }
            assertThat(before).isLessThan(32L * MIB);
        }
        Peer.require("qemu-img").run("compare", "-q", "-f", "qcow2", "-F", "raw", image, file);
    }

    @Test
    void an_exact_copy_touches_no_byte_beside_the_image() throws IOException {
        Path image = Files.write(folder.resolve("image"), "seventeen bytes..".getBytes());
        Path file = folder.resolve("disk");
        try (SparseDisk disk = SparseDisk.open(file, MIB)) {
            disk.write(0, ByteBuffer.wrap("#".repeat(4096).getBytes()));
            try (IscsiTarget target = IscsiTarget.of(IQN, disk).start();
                    RemoteDisk remote = open(target);
                    DiskImage source = DiskImage.open(image)) {
                new DirectCopy().copy(source, remote, 777, Progress.NONE);
                remote.flush();
            }
        }
        String expected = "#".repeat(777) + "seventeen bytes.." + "#".repeat(4096 - 777 - 17);
        assertThat(new String(Files.readAllBytes(file)).substring(0, 4096)).isEqualTo(expected);
    }

    private static void copy(Path image, IscsiTarget target) throws IOException {
        try (RemoteDisk remote = open(target);
                DiskImage source = DiskImage.open(image)) {
            new DirectCopy().copy(source, remote, 0, Progress.NONE);
            remote.flush();
        }
    }

    private static RemoteDisk open(IscsiTarget target) throws IOException {
        return RemoteDisk.open(
                io.ferric.iscsi.IscsiTarget.of("127.0.0.1", target.port(), IQN, target.lun()), IscsiOptions.defaults());
    }
}
