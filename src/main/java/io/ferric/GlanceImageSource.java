package io.ferric;

import io.ferric.deploy.ImageMetadata;
import io.ferric.deploy.ImageSource;
import io.ferric.image.Checksum;
import io.ferric.publish.GlanceImage;
import io.ferric.publish.GlanceImages;
import java.io.IOException;
import java.io.InputStream;

/** Lets the deploy room read images of Glance, which only the publish room knows. */
final class GlanceImageSource implements ImageSource {
    private final GlanceImages glance;

    GlanceImageSource(GlanceImages glance) {
        this.glance = glance;
    }

    @Override
    public boolean accepts(String reference) {
        return GlanceImages.accepts(reference);
    }

    @Override
    public ImageMetadata metadata(String reference) throws IOException {
        GlanceImage image = glance.show(reference);
        return new ImageMetadata(
                reference, image.size(), image.checksum().map(Checksum::parse), image.diskFormat(), image.properties());
    }

    @Override
    public InputStream open(String reference, long offset) throws IOException {
        InputStream in = glance.download(reference);
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
