package io.ferric.image;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an image file after a look at its content. Neither its name nor what somebody declared plays a part,
 * and only a bounded number of bytes is read, so that a hostile image can do no harm (compare CVE-2024-44082 in Ironic).
 *
 * @param format the format
 * @param fileSize bytes of the file
 * @param virtualSize bytes of the disk or filesystem inside, where the format tells
 * @param backingFile a file that the image wants read as well; such an image must be refused
 * @param label label of the filesystem, if it has one
 * @param uuid UUID of the filesystem as Linux writes it
 * @param dangers reasons to refuse the image, in plain words; empty for a harmless one
 * @param declaredSize bytes the file must have at least according to the image itself, where it tells
 */
public record ImageInfo(
        ImageFormat format,
        long fileSize,
        OptionalLong virtualSize,
        Optional<String> backingFile,
        Optional<String> label,
        Optional<String> uuid,
        List<String> dangers,
        Optional<Long> declaredSize) {

    public ImageInfo {
        dangers = List.copyOf(dangers);
    }

    /**
     * Looks into a regular file.
     *
     * @throws IOException if it is not a regular file or cannot be read
     */
    public static ImageInfo inspect(Path file) throws IOException {
        ImageFiles.regularSize(file);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return inspect(channel);
        }
    }

    /** Looks into whatever the channel leads to; its position is not kept. */
    public static ImageInfo inspect(SeekableByteChannel channel) throws IOException {
        return ImageProbes.inspect(new ImageWindow(channel));
    }

    /** Whether the file ends before the image does: an interrupted download, for example. */
    public boolean truncated() {
        return declaredSize.filter(size -> size > fileSize).isPresent();
    }
}
