package io.ferric.deploy;

import io.ferric.image.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * The cache's own copy of an image. Its name is made of the reference and of what tells versions apart; beside it lies a
 * small file with its hash, its size and that of its content, so that the image need not be read again to know them. Without that file, or when
 * it does not fit, the copy does not count.
 */
record MasterImage(Path path) {
    private static final String NAME = "[0-9a-f]{64}";
    private static final String FACTS = ".sha256";

    /** The copy of this reference in this version. */
    static MasterImage of(Path folder, String reference, String version) {
        var name = Sha256.start();
        name.update((reference + "\n" + version).getBytes(StandardCharsets.UTF_8));
        return new MasterImage(folder.resolve(Sha256.hex(name)));
    }

    static boolean isOne(Path file) {
        return file.getFileName().toString().matches(NAME) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is known of the copy when it is there and whole. */
    Optional<CachedImage> find() throws IOException {
        try {
            String[] facts = Files.readString(facts()).strip().split(" ");
            long size = Files.size(path);
            boolean fits = facts.length == 3
                    && facts[0].matches(NAME)
                    && facts[1].equals(String.valueOf(size))
                    && facts[2].matches("[0-9]{1,18}");
            return fits
                    ? Optional.of(new CachedImage(path, size, facts[0], Long.parseLong(facts[2])))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether its bytes are those that were fetched; reads them all. */
    boolean isSound() throws IOException {
        Optional<CachedImage> known = find();
        return known.isPresent()
                && Checksum.of(path, "sha256").hex().equals(known.get().sha256());
    }

    /** Takes over a finished download, which stays linked under its own name too. */
    void adopt(CachedImage download) throws IOException {
        delete();
        Path written = download.path().resolveSibling("facts");
        Files.writeString(written, download.sha256() + " " + download.size() + " " + download.contentSize() + "\n");
        Files.move(written, facts(), StandardCopyOption.ATOMIC_MOVE);
        Files.createLink(path, download.path());
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(facts());
    }

    /** Notes that it is in use now. */
    void touch(Instant now) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(now));
    }

    private Path facts() {
        return path.resolveSibling(path.getFileName() + FACTS);
    }
}
