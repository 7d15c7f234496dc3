package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Images in local folders, {@code file:///...}, as far as {@link AllowedPaths} lets them. */
public final class FileImageSource implements ImageSource {
    private final AllowedPaths allowed;

    public FileImageSource(AllowedPaths allowed) {
        this.allowed = allowed;
    }

    @Override
    public boolean accepts(String reference) {
        return reference.startsWith("file:");
    }

    @Override
    public void check(String reference) {
        allowed.resolve(reference);
    }

    /** The size comes from the file system; the version changes with size, time and inode. */
    @Override
    public ImageMetadata metadata(String reference) throws IOException {
        BasicFileAttributes file =
                Files.readAttributes(allowed.resolve(reference), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String version = file.size() + " " + file.lastModifiedTime() + " " + file.fileKey();
        return new ImageMetadata(
                reference,
                OptionalLong.of(file.size()),
                Optional.empty(),
                Optional.empty(),
                Map.of("version", version));
    }

    @Override
    public InputStream open(String reference, long offset) throws IOException {
        return Channels.newInputStream(allowed.open(reference).position(offset));
    }
}
