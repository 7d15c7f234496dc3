package io.ferric.deploy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Asks the sources of images what they know, each thing once. For one thread and one piece of work. */
final class ImageFacts {
    private final ImageSources sources;
    private final Map<String, ImageMetadata> known = new HashMap<>();

    ImageFacts(ImageSources sources) {
        this.sources = sources;
    }

    ImageSources sources() {
        return sources;
    }

    /** @throws io.ferric.node.NodeFault when nobody takes the reference, or its source fails */
    ImageMetadata of(String reference) {
        ImageMetadata before = known.get(reference);
        if (before == null) {
            before = ask(reference);
            known.put(reference, before);
        }
        return before;
    }

    private ImageMetadata ask(String reference) {
        try {
            return sources.of(reference).metadata(reference);
        } catch (IOException e) {
            throw Faults.deploy(
                    "Image " + Faults.shown(reference) + " cannot be reached: " + Faults.words(e),
                    "Look at the reference, and whether its server is up.",
                    e);
        }
    }
}
