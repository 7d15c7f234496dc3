package io.ferric.image;

import java.io.IOException;
import java.util.Optional;

/** Recognises one kind of image; says nothing when it is not that kind. */
interface ImageProbe {
    Optional<ImageSketch> probe(ImageWindow window) throws IOException;
}
