package io.ferric.image;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.zip.CRC32;

/**
 * What goes into a vfat image: the virtual floppy of a deploy, or later an EFI system partition. Written by
 * {@link Images#createVfatImage} as FAT12 or FAT16 over the whole file, without a partition table. Sizes of a real
 * floppy (1.44 MB = 1474560 bytes) get that floppy's geometry. The same values give the same bytes.
 *
 * @param label volume label of 1 to 11 characters, in the boot sector and in the root folder; a deploy ramdisk looks
 *     for {@code ir-vfd-dev}
 * @param files content by path; long names are kept, upper and lower case of a name are the same file
 * @param size bytes the image has at least; it grows when the files need more, up to 2 GiB
 * @param time stamped on every file, kept as UTC in steps of two seconds, from 1980 to 2107
 * @param serial volume serial number, which Linux shows as the UUID
 */
public record VfatImage(String label, SortedMap<String, Content> files, long size, Instant time, int serial) {
    /** The size of Ironic's floppy: 100 KiB. */
    public static final long DEFAULT_SIZE = 100 * 1024;

    public VfatImage {
        FatNames.requireLabel(label);
        files = ImagePaths.checked(files);
        FatNames.requireDistinct(Folder.of(files), "");
        if (size < 0 || size > FatGeometry.LARGEST) {
            throw new IllegalArgumentException(
                    "size " + size + " of a vfat image must lie between 0 and " + FatGeometry.LARGEST + " bytes");
        }
        FatTime.of(time);
    }

    /** Starts an image with this volume label. */
    public static Builder labelled(String label) {
        return new Builder(label);
    }

    /** Collects the parts of an image. Not thread safe. */
    public static final class Builder {
        private final String label;
        private final Map<String, Content> files = new LinkedHashMap<>();
        private long size = DEFAULT_SIZE;
        private Instant time = FatTime.EARLIEST;
        private OptionalInt serial = OptionalInt.empty();

        private Builder(String label) {
            this.label = label;
        }

        /**
         * Adds {@code parameters.txt} with a line {@code key=value} for each parameter, sorted, joined by newlines.
         *
         * @throws IllegalArgumentException as {@link BootParameters#requireSafe} has it
         */
        public Builder parameters(Map<String, String> parameters) {
            return file("parameters.txt", Content.of(BootParameters.render(parameters)));
        }

        /** Adds a file, {@code token} or {@code EFI/BOOT/BOOTX64.EFI} for example; folders come by themselves. */
        public Builder file(String path, Content content) {
            if (files.putIfAbsent(ImagePaths.normalize(path), content) != null) {
                throw new IllegalArgumentException("path '" + path + "' is given twice for one image");
            }
            return this;
        }

        /** The least size in bytes; without it 100 KiB. */
        public Builder size(long bytes) {
            this.size = bytes;
            return this;
        }

        /** The time stamp of every file; without it the first that FAT knows, 1980-01-01. */
        public Builder time(Instant time) {
            this.time = time;
            return this;
        }

        /** The volume serial number; without it one derived from label, paths and time. */
        public Builder serial(int serial) {
            this.serial = OptionalInt.of(serial);
            return this;
        }

        /**
         * The finished description.
         *
         * @throws IllegalArgumentException for a label, path, size or time that FAT cannot hold
         */
        public VfatImage build() {
            return new VfatImage(label, ImagePaths.checked(files), size, time, serial.orElseGet(this::derivedSerial));
        }

        private int derivedSerial() {
            CRC32 crc = new CRC32();
            String seed =
                    label + '\n' + String.join("\n", ImagePaths.checked(files).keySet()) + '\n' + time;
            crc.update(seed.getBytes(StandardCharsets.UTF_8));
            return (int) crc.getValue();
        }
    }
}
