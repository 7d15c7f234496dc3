package io.ferric.image;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in memory. They may be secret (a token), so they show up nowhere but in the image. */
record BytesContent(byte[] bytes) implements Content {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
