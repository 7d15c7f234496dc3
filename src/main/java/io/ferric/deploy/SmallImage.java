package io.ferric.deploy;

import io.ferric.image.DiskImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system that is made on our own disk, written to a partition, read back from there, and deleted. */
record SmallImage(DiskDeploy work, String what) {
    private static final String PREFIX = "made-";

    /** Makes the image in a file, which is not there yet. */
    interface Maker {
        void make(Path file) throws IOException;
    }

    /** Returns bytes sent as data. Nobody else can read the file meanwhile. */
    long put(Disk disk, Partition partition, Maker maker) throws IOException {
        Path folder = Files.createTempDirectory(work.tools().folder(), PREFIX);
        try {
            Path file = folder.resolve("image");
            make(file, maker);
            DiskWriter writer = work.writer(disk);
            DiskWriter.Written written;
            try (DiskImage image = DiskImage.raw(file)) {
                written =
                        writer.copy(image, partition.startBytes(), work.steps().progress("write " + what));
            }
            disk.flush();
            try (DiskImage image = DiskImage.raw(file)) {
                verify(
                        writer.readBack(
                                image, partition.startBytes(), work.steps().progress("read back")),
                        written);
            }
            return written.sent();
        } finally {
            Folders.delete(folder);
        }
    }

    /** Deletes what was being made in a node's folder when the conductor died. */
    static void deleteLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path each : leftovers) {
                Folders.delete(each);
            }
        }
    }

    private void make(Path file, Maker maker) {
        try {
            maker.make(file);
        } catch (IOException e) {
            throw Faults.storage("Making the " + what + " on the conductor", e);
        }
    }

    private void verify(ReadBack.Found found, DiskWriter.Written written) {
        if (!found.sha256().equals(written.sha256())) {
            throw Faults.deploy(
                    "The " + what + " does not read back as it was written",
                    "The server's disk or controller cannot be trusted; have it checked.");
        }
    }
}
