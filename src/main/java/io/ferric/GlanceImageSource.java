package io.ferric;

import io.ferric.deploy.ImageMetadata;
import io.ferric.deploy.ImageSource;
import io.ferric.image.Checksum;
import io.ferric.node.FaultCode;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.publish.GlanceImage;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.PublishException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets the deploy room read images of Glance, which only the publish room knows. An image that is not there, not ours or not
 * active is a fault with its own words; a Glance that cannot be reached is an {@link IOException}, after which a download
 * may be resumed.
 */
final class GlanceImageSource implements ImageSource {
    private static final Set<String> MAY_PASS =
            Set.of(PublishException.GLANCE_CONNECTION_FAILED, PublishException.KEYSTONE_FAILURE);

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
        try {
            GlanceImage image = glance.usable(reference);
            Optional<Checksum> checksum = checksum(image);
            return new ImageMetadata(
                    reference, image.size(), checksum, image.diskFormat(), properties(image, checksum.isPresent()));
        } catch (PublishException e) {
            throw fault(e);
        }
    }

    /** The version stands in for a hash where there is none: it changes with anything about the image, the bytes too. */
    private static Map<String, String> properties(GlanceImage image, boolean hashed) {
        Map<String, String> all = new TreeMap<>(image.properties());
        all.remove("version");
        if (!hashed) {
            all.put("version", image.size() + " " + image.property("updated_at").orElse(""));
        }
        return all;
    }

    private static Optional<Checksum> checksum(GlanceImage image) {
        try {
            return image.checksum().map(Checksum::parse);
        } catch (IllegalArgumentException e) {
            throw new OperationFailed(
                    FaultCode.IMAGE_UNACCEPTABLE,
                    "Glance has a hash for image " + image.uuid() + " that is none: " + e.getMessage(),
                    "Upload the image anew.",
                    e);
        }
    }

    @Override
    public InputStream open(String reference, long offset) throws IOException {
        try {
            return glance.download(reference, offset);
        } catch (PublishException e) {
            if (MAY_PASS.contains(e.code())) {
                throw e;
            }
            throw fault(e);
        }
    }

    private static NodeFault fault(PublishException e) {
        return new OperationFailed(e.code(), e.getMessage(), "", e);
    }
}
