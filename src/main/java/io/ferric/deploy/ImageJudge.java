package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import io.ferric.image.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides by its content whether an image may be written into a root partition or to a whole disk: a complete ext2/3/4,
 * xfs or btrfs file system, or a disk with a sound partition table, that is what it was declared to be, as it is or in a
 * qcow2, gzip, xz or zstd file. Everything else is refused before any server is touched.
 */
final class ImageJudge {
    private static final Set<ImageFormat> ROOT_FILE_SYSTEMS =
            Set.of(ImageFormat.EXT, ImageFormat.XFS, ImageFormat.BTRFS);
    private static final Set<ImageFormat> WHOLE_DISKS = Set.of(ImageFormat.MBR, ImageFormat.GPT, ImageFormat.ISO);
    private static final Set<ImageFormat> COMPRESSED = Set.of(ImageFormat.GZIP, ImageFormat.XZ, ImageFormat.ZSTD);
    /** What Glance calls images that are plain bytes. */
    private static final Set<String> RAW_NAMES = Set.of("raw", "ami");

    private static final String CONVERT = "Give an image that is complete in one file: raw, qcow2, or raw compressed by"
            + " gzip, xz or zstd (qemu-img convert -O qcow2 makes one of most formats).";

    private ImageJudge() {}

    /**
     * Refuses what cannot be written.
     *
     * @param most the most bytes that there may be inside
     * @param progress hears how much of the content was looked through, and may stop it
     * @return bytes of the disk or file system inside
     * @throws io.ferric.node.OperationFailed with {@code ImageUnacceptable} and the reason
     */
    static long judge(Path file, ImageRequest request, long most, Progress progress) {
        return judge(file, request, () -> DiskImage.open(file, most, done -> progress.at(done, 0)));
    }

    /** The same for a file that was judged before, perhaps for another request, and need not be looked through again. */
    static void judgeAgain(CachedImage image, ImageRequest request) {
        judge(image.path(), request, () -> DiskImage.reopen(image.path(), image.contentSize()));
    }

    private interface Opening {
        DiskImage open() throws IOException;
    }

    private static long judge(Path file, ImageRequest request, Opening opening) {
        try {
            ImageInfo container = ImageInfo.inspect(file);
            refuseWhatIsNotAsDeclared(container, request);
            refuseWhatIsDangerous(container, request.reference());
            refuseWhatIsNotWhole(container, request.reference());
            try (DiskImage image = opening.open()) {
                refuseContent(image, request);
                return image.size();
            }
        } catch (UnreadableImageException e) {
            throw Faults.unacceptable(request.reference(), Faults.words(e), CONVERT);
        } catch (IOException e) {
            throw Faults.storage("Inspecting image " + Faults.shown(request.reference()), e);
        }
    }

    private static void refuseContent(DiskImage image, ImageRequest request) throws IOException {
        ImageInfo content = image.content();
        if (!content.format().raw() && content.format() != ImageFormat.EMPTY) {
            throw Faults.unacceptable(
                    request.reference(),
                    "there is an image of format " + content.format() + " within the image",
                    CONVERT);
        }
        refuseWhatIsDangerous(content, request.reference());
        refuseWhatIsNotWhole(content, request.reference());
        if (request.wholeDisk()) {
            refuseWhatIsNoDisk(image, content, request.reference());
        } else {
            refuseWhatIsNoRoot(content, request.reference());
        }
    }

    private static void refuseWhatIsNotAsDeclared(ImageInfo info, ImageRequest request) {
        if (!asDeclared(info.format(), request.diskFormat())) {
            throw Faults.unacceptable(
                    request.reference(),
                    "it is declared to be "
                            + Faults.foreign(request.diskFormat().orElse("")) + ", but its content is " + info.format(),
                    "Correct image_disk_format or the image.");
        }
    }

    private static void refuseWhatIsDangerous(ImageInfo info, String reference) {
        if (info.backingFile().isPresent()) {
            throw Faults.unacceptable(
                    reference,
                    "this " + info.format() + " image wants another file, '"
                            + Faults.foreign(info.backingFile().get()) + "', to be read with it",
                    CONVERT);
        }
        if (!info.dangers().isEmpty()) {
            throw Faults.unacceptable(reference, String.join("; ", info.dangers()), CONVERT);
        }
    }

    private static void refuseWhatIsNotWhole(ImageInfo info, String reference) {
        if (info.truncated()) {
            throw Faults.unacceptable(
                    reference,
                    "it is truncated: the file has " + info.fileSize() + " bytes, but its content says "
                            + info.declaredSize().orElse(0L),
                    "Upload it again.");
        }
    }

    private static void refuseWhatIsNoRoot(ImageInfo info, String reference) {
        if (WHOLE_DISKS.contains(info.format())) {
            throw Faults.unacceptable(
                    reference,
                    "it is the image of a whole disk (" + info.format() + "), which does not fit in a root partition",
                    "Give an image of the root file system alone, or set image_type: whole-disk.");
        }
        if (!ROOT_FILE_SYSTEMS.contains(info.format()) || info.uuid().isEmpty()) {
            throw Faults.unacceptable(
                    reference,
                    "no ext2/3/4, xfs or btrfs file system with a UUID is in it (it looks like " + info.format() + ")",
                    "Give an image of a root file system; the server could not boot from this one.");
        }
    }

    private static void refuseWhatIsNoDisk(DiskImage image, ImageInfo info, String reference) throws IOException {
        if (info.format() == ImageFormat.ISO) {
            throw Faults.unacceptable(
                    reference,
                    "it is an ISO image, which boots from a CD and not from a disk",
                    "Give the image of an installed system's disk; a live or installation medium is none.");
        }
        if (!WHOLE_DISKS.contains(info.format())) {
            throw Faults.unacceptable(
                    reference,
                    "it was taken for the image of a whole disk, but there is no partition table in it (it looks like "
                            + info.format() + ")",
                    "For the image of a root file system set instance_info/kernel and ramdisk, or image_type: partition.");
        }
        try {
            WholeDiskImage.inspect(image);
        } catch (BadTable e) {
            throw Faults.unacceptable(
                    reference,
                    "its partition table is unusable: " + e.getMessage(),
                    "Repair it: sgdisk --verify and sfdisk --verify show what is wrong.");
        }
    }

    private static boolean asDeclared(ImageFormat content, Optional<String> declaration) {
        if (declaration.isEmpty()) {
            return true;
        }
        String name = declaration.get().toLowerCase(Locale.ROOT);
        return name.equals(content.wireName())
                || (content.raw() || COMPRESSED.contains(content)) && RAW_NAMES.contains(name)
                || content == ImageFormat.EXT && name.matches("ext[234]");
    }
}
