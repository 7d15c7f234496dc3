package io.ferric.image;

import java.io.IOException;

final class IsoWriter {
    private IsoWriter() {}

    static void write(IsoImage image, ImageOutput output) throws IOException {
        throw new ImageCreationException("not yet written");
    }
}
