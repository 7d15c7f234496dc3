package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Containers of which the header says little, or of which the signature alone is enough to refuse them. */
final class ContainerProbes {
    private static final int VDI_DYNAMIC = 1;
    private static final int VDI_FIXED = 2;
    private static final long QED_BACKING_FILE = 1;

    /** A signature, in hexadecimal, and where it lies. */
    private record Magic(ImageFormat format, long offset, String hex) {}

    private static final List<Magic> MAGICS = List.of(
            new Magic(ImageFormat.PARALLELS, 0, "576974686f7574467265655370616365"),
            new Magic(ImageFormat.PARALLELS, 0, "576974686f7546726553706163457874"),
            new Magic(ImageFormat.GZIP, 0, "1f8b08"),
            new Magic(ImageFormat.XZ, 0, "fd377a585a00"),
            new Magic(ImageFormat.ZSTD, 0, "28b52ffd"),
            new Magic(ImageFormat.LZ4, 0, "04224d18"),
            new Magic(ImageFormat.ZIP, 0, "504b0304"),
            new Magic(ImageFormat.TAR, 257, "7573746172"));

    private ContainerProbes() {}

    /** VirtualBox disks: a type other than dynamic or fixed belongs to a parent. */
    static Optional<ImageSketch> vdi(ImageWindow window) throws IOException {
        if (!window.has(0x40, (byte) 0x7F, (byte) 0x10, (byte) 0xDA, (byte) 0xBE)) {
            return Optional.empty();
        }
        ByteBuffer header = window.little(0, 512);
        int type = header.getInt(0x4C);
        return Optional.of(new ImageSketch(ImageFormat.VDI)
                .virtualSize(header.getLong(0x170))
                .dangerIf(type != VDI_DYNAMIC && type != VDI_FIXED, "it is the difference to a parent disk"));
    }

    /** QEMU's enhanced disks, a forgotten predecessor of qcow2's third version. */
    static Optional<ImageSketch> qed(ImageWindow window) throws IOException {
        if (!window.has(0, "QED\0")) {
            return Optional.empty();
        }
        ByteBuffer header = window.little(0, 64);
        return Optional.of(new ImageSketch(ImageFormat.QED)
                .virtualSize(header.getLong(48))
                .dangerIf((header.getLong(16) & QED_BACKING_FILE) != 0, "it reads another file as its backing file"));
    }

    static Optional<ImageSketch> luks(ImageWindow window) throws IOException {
        if (!window.has(0, (byte) 'L', (byte) 'U', (byte) 'K', (byte) 'S', (byte) 0xBA, (byte) 0xBE)) {
            return Optional.empty();
        }
        boolean second = window.big(6, 2).getShort() == 2;
        return Optional.of(new ImageSketch(ImageFormat.LUKS)
                .uuid(window.latin(168, 40))
                .label(second ? window.latin(24, 48) : ""));
    }

    static Optional<ImageSketch> magic(ImageWindow window) throws IOException {
        for (Magic magic : MAGICS) {
            if (window.has(magic.offset(), HexFormat.of().parseHex(magic.hex()))) {
                return Optional.of(new ImageSketch(magic.format()));
            }
        }
        if (isBzip2(window)) {
            return Optional.of(new ImageSketch(ImageFormat.BZIP2));
        }
        return isLzma(window) ? Optional.of(new ImageSketch(ImageFormat.LZMA)) : Optional.empty();
    }

    /** Behind the level comes the first block, or at once the end of an empty stream. */
    private static boolean isBzip2(ImageWindow window) throws IOException {
        return window.has(0, "BZh")
                && (window.has(4, HexFormat.of().parseHex("314159265359"))
                        || window.has(4, HexFormat.of().parseHex("177245385090")));
    }

    /** LZMA alone has hardly a signature: usual properties, a dictionary of whole 64 KiB, an unknown or sane length. */
    private static boolean isLzma(ImageWindow window) throws IOException {
        ByteBuffer header = window.little(0, 13);
        long length = header.getLong(5);
        return window.size() > header.remaining()
                && window.has(0, (byte) 0x5D, (byte) 0, (byte) 0)
                && header.getInt(1) != 0
                && (length == -1 || length > 0 && length < 1L << 48);
    }
}
