package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;

/** Images on web servers. */
public final class HttpImageSource implements ImageSource {
    private final HttpImageConfig config;

    public HttpImageSource(HttpImageConfig config) {
        this.config = config;
    }

    @Override
    public boolean accepts(String reference) {
        return reference.startsWith("http:") || reference.startsWith("https:");
    }

    @Override
    public ImageMetadata metadata(String reference) throws IOException {
        throw new IOException(config.toString());
    }

    @Override
    public InputStream open(String reference, long offset) throws IOException {
        throw new IOException();
    }
}
