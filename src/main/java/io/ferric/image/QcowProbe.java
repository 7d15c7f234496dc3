package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * QEMU's copy-on-write images (QEMU {@code docs/interop/qcow2.txt}). The header may name other files, which is how a
 * crafted image reads its host's secrets (CVE-2024-44082): any such name is a danger, and so is all we do not know.
 */
final class QcowProbe {
    private static final int EXTERNAL_DATA_FILE = 0x04;
    private static final int CORRUPT = 0x02;
    private static final long KNOWN_INCOMPATIBLE = 0x1F;
    private static final int DATA_FILE_NAME = 0x44415441;
    private static final int LONGEST_NAME = 1023;
    private static final int MOST_EXTENSIONS = 64;
    private static final long OFFSET_MASK = 0x00FF_FFFF_FFFF_FE00L;

    private QcowProbe() {}

    static Optional<ImageSketch> probe(ImageWindow window) throws IOException {
        if (!window.has(0, (byte) 'Q', (byte) 'F', (byte) 'I', (byte) 0xFB)) {
            return Optional.empty();
        }
        ByteBuffer header = window.big(0, 112);
        int version = header.getInt(4);
        return Optional.of(version == 1 ? qcow1(window, header) : qcow2(window, header, version));
    }

    private static ImageSketch qcow1(ImageWindow window, ByteBuffer header) throws IOException {
        ImageSketch sketch = new ImageSketch(ImageFormat.QCOW)
                .virtualSize(header.getLong(24))
                .dangerIf(header.getInt(36) != 0, "it is encrypted");
        return backingFile(window, header, sketch);
    }

    private static ImageSketch qcow2(ImageWindow window, ByteBuffer header, int version) throws IOException {
        ImageSketch sketch = new ImageSketch(ImageFormat.QCOW2)
                .virtualSize(header.getLong(24))
                .dangerIf(version != 2 && version != 3, "its version " + version + " is unknown")
                .dangerIf(header.getInt(32) != 0, "it is encrypted");
        backingFile(window, header, sketch);
        long incompatible = version == 2 ? 0 : header.getLong(72);
        long unknown = incompatible & ~KNOWN_INCOMPATIBLE;
        sketch.dangerIf(unknown != 0, "it needs unknown features: bits " + Long.toHexString(unknown))
                .dangerIf((incompatible & CORRUPT) != 0, "it is marked as corrupt")
                .dangerIf((incompatible & EXTERNAL_DATA_FILE) != 0, "its data lies in another file");
        dataFileName(window, version == 2 ? 72 : header.getInt(100), sketch);
        return declaredSize(window, header, version, sketch);
    }

    private static ImageSketch backingFile(ImageWindow window, ByteBuffer header, ImageSketch sketch)
            throws IOException {
        long offset = header.getLong(8);
        if (offset != 0) {
            int length = Math.max(0, Math.min(header.getInt(16), LONGEST_NAME));
            sketch.backingFile(window.utf8(offset, length));
        }
        return sketch;
    }

    private static void dataFileName(ImageWindow window, int headerLength, ImageSketch sketch) throws IOException {
        long at = Math.max(72, headerLength);
        for (int i = 0; i < MOST_EXTENSIONS; i++) {
            ByteBuffer extension = window.big(at, 8);
            int type = extension.getInt(0);
            long length = Integer.toUnsignedLong(extension.getInt(4));
            if (type == 0) {
                return;
            }
            if (type == DATA_FILE_NAME) {
                String name = window.utf8(at + 8, (int) Math.min(length, LONGEST_NAME));
                sketch.danger("it names '" + ImageSketch.printable(name) + "' as its data file");
            }
            at += 8 + (length + 7) / 8 * 8;
        }
        sketch.danger("its header has more than " + MOST_EXTENSIONS + " extensions");
    }

    /** The last cluster that is counted as used must at least begin within the file. */
    private static ImageSketch declaredSize(ImageWindow window, ByteBuffer header, int version, ImageSketch sketch)
            throws IOException {
        int clusterBits = header.getInt(20);
        int order = version == 2 ? 4 : header.getInt(96);
        if (clusterBits < 9 || clusterBits > 21 || order < 0 || order > 6) {
            return sketch.danger(
                    "its cluster size 2^" + clusterBits + " or refcount order " + order + " is impossible");
        }
        long cluster = 1L << clusterBits;
        long tableOffset = header.getLong(48);
        long tableSize = ImageSketch.product(Integer.toUnsignedLong(header.getInt(56)), cluster);
        if (ImageSketch.sum(tableOffset, tableSize) > window.size()) {
            return sketch.declaredSize(ImageSketch.sum(tableOffset, tableSize));
        }
        ByteBuffer table = window.big(tableOffset, (int) Math.min(tableSize, ImageWindow.MOST));
        int entry = table.remaining() / 8 - 1;
        while (entry >= 0 && (table.getLong(entry * 8) & OFFSET_MASK) == 0) {
            entry--;
        }
        if (entry < 0) {
            return sketch.danger("it has no reference counts");
        }
        long block = table.getLong(entry * 8) & OFFSET_MASK;
        if (block + cluster > window.size()) {
            return sketch.declaredSize(block + cluster);
        }
        long counted = (cluster * 8 >> order) * entry + lastCounted(window.bytes(block, (int) cluster), order);
        return sketch.declaredSize(ImageSketch.sum(ImageSketch.product(counted, cluster), 1));
    }

    /** The index of the last number in the block that is not zero; numbers have {@code 2^order} bits. */
    private static long lastCounted(byte[] block, int order) {
        int at = block.length - 1;
        while (at > 0 && block[at] == 0) {
            at--;
        }
        if (order >= 3) {
            return at >> order - 3;
        }
        int highestBit = Math.max(0, 31 - Integer.numberOfLeadingZeros(block[at] & 0xFF));
        return ((long) at * 8 + highestBit) >> order;
    }
}
