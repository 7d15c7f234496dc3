package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;

/** Images in local folders. */
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
    public ImageMetadata metadata(String reference) throws IOException {
        throw new IOException(allowed.toString());
    }

    @Override
    public InputStream open(String reference, long offset) throws IOException {
        throw new IOException();
    }
}
