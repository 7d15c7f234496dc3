package io.ferric.image;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class ImageProbes {
    private ImageProbes() {}

    static ImageInfo inspect(ImageWindow window) throws IOException {
        return new ImageInfo(
                ImageFormat.RAW,
                window.size(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
