package io.ferric.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Picks the reader for an image by its content. */
final class DiskImages {
    /** So many bytes of content are looked through between two words about it. */
    static final long OFTEN = 64L << 20;

    private DiskImages() {}

    /** Opens an image nobody has looked at yet, and looks for all that is wrong with it. */
    static DiskImage open(Path file, long most, LongConsumer passed) throws IOException {
        ImageInfo info = ImageInfo.inspect(file);
        return switch (info.format()) {
            case QCOW2 -> {
                refuseUnfit(info);
                refuseLarger(info.virtualSize().orElse(Long.MAX_VALUE), most);
                yield Qcow2Image.checked(file, passed);
            }
            case GZIP, XZ, ZSTD -> CompressedImage.measured(file, info.format(), most, passed);
            default -> {
                refuseOther(info.format());
                refuseLarger(info.fileSize(), most);
                yield RawImage.open(file);
            }
        };
    }

    /** Opens an image that was looked at before. */
    static DiskImage reopen(Path file, long size) throws IOException {
        ImageInfo info = ImageInfo.inspect(file);
        DiskImage image =
                switch (info.format()) {
                    case QCOW2 -> {
                        refuseUnfit(info);
                        yield Qcow2Image.open(file);
                    }
                    case GZIP, XZ, ZSTD -> CompressedImage.of(file, info.format(), size);
                    default -> RawImage.open(file);
                };
        if (image.size() != size) {
            image.close();
            throw new UnreadableImageException(
                    "it has " + image.size() + " bytes and not the " + size + " it had before");
        }
        return image;
    }

    /** Before or while it is read. */
    static void refuseLarger(long size, long most) throws UnreadableImageException {
        if (size > most) {
            throw new UnreadableImageException("its content has more than the " + most + " bytes that are allowed");
        }
    }

    private static void refuseUnfit(ImageInfo info) throws UnreadableImageException {
        if (!info.dangers().isEmpty()) {
            throw new UnreadableImageException(String.join("; ", info.dangers()));
        }
        if (info.truncated()) {
            throw new UnreadableImageException("it is truncated: the file has " + info.fileSize() + " bytes, but needs "
                    + info.declaredSize().orElseThrow());
        }
    }

    private static void refuseOther(ImageFormat format) throws UnreadableImageException {
        if (!format.raw() && format != ImageFormat.EMPTY) {
            throw new UnreadableImageException("images of format " + format + " are not read");
        }
    }
}
