package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Microsoft's disks (Virtual Hard Disk Image Format Specification 1.0; MS-VHDX). */
final class VhdProbes {
    private static final int FOOTER = 512;
    private static final int DIFFERENCING = 4;
    private static final int MOST_ENTRIES = 2047;
    private static final int HAS_PARENT = 2;

    /** The two copies of the region table. */
    private static final long[] REGION_TABLES = {192 * 1024L, 256 * 1024L};

    // identifiers in the byte order of the file
    private static final String METADATA_REGION = "06a27c8b90479a4bb8fe575f050f886e";
    private static final String VIRTUAL_DISK_SIZE = "2442a52f1bcd7648b2115dbed83bf4b8";
    private static final String FILE_PARAMETERS = "3767a1ca36fa434db3b633f0aa44e76b";

    private VhdProbes() {}

    /** A footer ends every such disk; the growing ones begin with its copy. */
    static Optional<ImageSketch> vhd(ImageWindow window) throws IOException {
        long end = window.size() - FOOTER;
        long at = window.has(0, "conectix") ? 0 : end;
        if (!window.has(at, "conectix")) {
            return Optional.empty();
        }
        ByteBuffer footer = window.big(at, FOOTER);
        return Optional.of(new ImageSketch(ImageFormat.VHD)
                .virtualSize(footer.getLong(48))
                .dangerIf(footer.getInt(60) == DIFFERENCING, "it is the difference to a parent disk"));
    }

    static Optional<ImageSketch> vhdx(ImageWindow window) throws IOException {
        if (!window.has(0, "vhdxfile")) {
            return Optional.empty();
        }
        ImageSketch sketch = new ImageSketch(ImageFormat.VHDX);
        for (long table : REGION_TABLES) {
            Optional<Long> metadata = metadata(window, table);
            if (metadata.isPresent()) {
                return Optional.of(describe(window, metadata.get(), sketch));
            }
        }
        return Optional.of(sketch.danger("it has no metadata region"));
    }

    private static Optional<Long> metadata(ImageWindow window, long table) throws IOException {
        if (!window.has(table, "regi")) {
            return Optional.empty();
        }
        int count = Math.min(window.little(table + 8, 4).getInt(), MOST_ENTRIES);
        for (int i = 0; i < count; i++) {
            long entry = table + 16 + 32L * i;
            if (isId(window, entry, METADATA_REGION)) {
                return Optional.of(window.little(entry + 16, 8).getLong());
            }
        }
        return Optional.empty();
    }

    private static ImageSketch describe(ImageWindow window, long metadata, ImageSketch sketch) throws IOException {
        int count = Math.min(Short.toUnsignedInt(window.little(metadata + 10, 2).getShort()), MOST_ENTRIES);
        for (int i = 0; i < count; i++) {
            long entry = metadata + 32 + 32L * i;
            long item = metadata
                    + Integer.toUnsignedLong(window.little(entry + 16, 4).getInt());
            if (isId(window, entry, VIRTUAL_DISK_SIZE)) {
                sketch.virtualSize(window.little(item, 8).getLong());
            } else if (isId(window, entry, FILE_PARAMETERS)) {
                int flags = window.little(item + 4, 4).getInt();
                sketch.dangerIf((flags & HAS_PARENT) != 0, "it is the difference to a parent disk");
            }
        }
        return sketch;
    }

    private static boolean isId(ImageWindow window, long offset, String id) throws IOException {
        return Arrays.equals(window.bytes(offset, 16), HexFormat.of().parseHex(id));
    }
}
