package io.ferric.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Writes images to files. An image is built under a temporary name in the target's folder and moved in place when it
 * is complete, so that nobody ever meets half of one; an older file of that name is replaced. Only small tables are
 * held in memory, whatever the size of the image. Thread safe.
 */
public final class Images {
    private Images() {}

    /**
     * Writes a FAT12 or FAT16 image. The file can be read by its owner only: it may carry a token.
     *
     * @throws ImageCreationException if a file's content cannot be read, changes its size meanwhile, or does not fit
     *     into 2 GiB, or if the target cannot be written
     */
    public static void createVfatImage(VfatImage image, Path target) throws IOException {
        create("vfat image", target, "rw-------", output -> FatWriter.write(image, output));
    }

    /**
     * Writes an ISO 9660 image with Rock Ridge, Joliet and, if it has boot entries, El Torito.
     *
     * @throws ImageCreationException if a file's content cannot be read or changes its size meanwhile, or if the target
     *     cannot be written
     */
    public static void createIsoImage(IsoImage image, Path target) throws IOException {
        create("ISO image", target, "rw-rw-rw-", output -> IsoWriter.write(image, output));
    }

    /**
     * Writes a boot ISO.
     *
     * @throws ImageCreationException as {@link #createIsoImage}, and if the isolinux given needs a module that is not
     *     there; the message names the package that has it
     */
    public static void createBootIso(BootIso image, Path target) throws IOException {
        create("boot ISO", target, "rw-rw-rw-", output -> {
            Optional<Content> module = moduleFor(image);
            Optional<VfatImage> efiImage = image.efiImage();
            if (efiImage.isEmpty()) {
                IsoWriter.write(image.toIsoImage(module, Optional.empty()), output);
                return;
            }
            building(target.toAbsolutePath(), "rw-------", written -> {
                write(written, part -> FatWriter.write(efiImage.get(), part));
                IsoWriter.write(image.toIsoImage(module, Optional.of(Content.of(written))), output);
            });
        });
    }

    private static Optional<Content> moduleFor(BootIso image) throws IOException {
        boolean wanted = image.ldlinux().isEmpty() && image.isolinux().isPresent();
        return wanted ? Isolinux.moduleFor(image.isolinux().get()) : image.ldlinux();
    }

    private interface Writer {
        void write(ImageOutput output) throws IOException;
    }

    private static void create(String what, Path target, String permissions, Writer writer) throws IOException {
        Path path = target.toAbsolutePath();
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ImageCreationException(what + " cannot replace " + target + ": that is not a regular file");
        }
        if (!Files.isDirectory(path.getParent())) {
            throw new ImageCreationException(
                    what + " " + target + " could not be written: there is no folder " + path.getParent());
        }
        try {
            building(path, permissions, temporary -> {
                write(temporary, writer);
                move(temporary, path);
            });
        } catch (ImageCreationException e) {
            throw new ImageCreationException(what + " " + target + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ImageCreationException(what + " " + target + " could not be written: " + reason(e), e);
        }
    }

    private interface Builder {
        void build(Path temporary) throws IOException;
    }

    /** Hands out a temporary file in the target's folder, which is gone afterwards if it is still there. */
    private static void building(Path target, String permissions, Builder builder) throws IOException {
        Path temporary = Files.createTempFile(target.getParent(), ".image-", ".part", attributes(target, permissions));
        try {
            builder.build(temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(Path file, Writer writer) throws IOException {
        try (ImageOutput output = ImageOutput.to(file)) {
            writer.write(output);
        }
    }

    /** In words, also where the JDK's message is only a file name. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        boolean bare = e.getMessage() == null || e instanceof FileSystemException file && file.getReason() == null;
        String kind = e.getClass().getSimpleName().replaceAll("Exception$", "");
        return bare ? kind + ": " + e.getMessage() : e.getMessage();
    }

    /** The process's umask still applies. */
    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
