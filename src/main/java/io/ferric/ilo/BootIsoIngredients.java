package io.ferric.ilo;

import io.ferric.deploy.DeployedDisk;
import io.ferric.deploy.ImageMetadata;
import io.ferric.deploy.ImageRequest;
import io.ferric.deploy.ImageSource;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.driver.Findings;
import io.ferric.image.Checksum;
import io.ferric.node.InstanceInfo;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What an instance boots with: a ready boot ISO, or kernel and ramdisk to make one of. Told by {@code instance_info} or
 * by the properties of the Glance image. Safe for use by many threads.
 */
final class BootIsoIngredients {
    /** One of the two files: its name on the node, and the property of a Glance image that stands in for it. */
    private enum Part {
        KERNEL("kernel", "kernel_id"),
        RAMDISK("ramdisk", "ramdisk_id");

        private final String key;
        private final String imageProperty;

        Part(String key, String imageProperty) {
            this.key = key;
            this.imageProperty = imageProperty;
        }

        Optional<String> reference(InstanceInfo info, Optional<ImageMetadata> image) {
            return info.text(key)
                    .or(() -> image.map(known -> known.properties().get(imageProperty)))
                    .filter(text -> !text.isBlank());
        }

        String field() {
            return "instance_info/" + key;
        }

        /** Where the reference stands: on the node, or with the image, which is named then. */
        String field(InstanceInfo info) {
            return info.has(key)
                    ? field()
                    : "property " + imageProperty + " of image "
                            + IsoUrls.shown(info.text("image_source").orElse(""));
        }

        String checksumKey() {
            return key + "_checksum";
        }
    }

    /** To be raised when ISOs made of the same things come out otherwise than before. */
    private static final String FORMAT = "2";

    private final IloConfig config;
    private final IscsiDeploy iscsi;
    private final UUID installation;

    /** @param installation two installations that share a store must not share ISOs, as each counts its own nodes only */
    BootIsoIngredients(IloConfig config, IscsiDeploy iscsi, UUID installation) {
        this.config = config;
        this.iscsi = iscsi;
        this.installation = installation;
    }

    /** The boot ISO that comes with the image. */
    Optional<String> bootIsoOfImage(Node node) {
        return bootIso(image(node));
    }

    static Optional<String> bootIso(ImageMetadata image) {
        return Optional.ofNullable(image.properties().get("boot_iso")).filter(text -> !text.isBlank());
    }

    /** What its source says of the node's image; empty when there is none, or it cannot be asked. */
    Optional<ImageMetadata> known(Node node) {
        try {
            return Optional.of(image(node));
        } catch (NodeFault e) {
            return Optional.empty();
        }
    }

    /** Notes what is missing to make a boot ISO; an image that cannot be asked is given the benefit of the doubt. */
    void check(Node node, Optional<ImageMetadata> image, Findings findings) {
        boolean inDoubt = image.isEmpty() && node.instanceInfo().has("image_source");
        for (Part part : Part.values()) {
            Optional<String> reference = part.reference(node.instanceInfo(), image);
            if (reference.isEmpty() && inDoubt) {
                continue;
            }
            if (reference.isEmpty()) {
                findings.missing(
                        part.field(),
                        "Give it as image_source is given, or as property " + part.imageProperty
                                + " of the Glance image, or give a whole boot ISO as instance_info/ilo_boot_iso.");
            } else {
                checkSource(node, part, reference.get(), findings);
            }
            checksum(node, part, findings);
        }
    }

    BootIsoPlan plan(Node node, DeployedDisk disk) {
        ImageMetadata image = image(node);
        ImageRequest kernel = request(node, image, Part.KERNEL);
        ImageRequest ramdisk = request(node, image, Part.RAMDISK);
        String parameters = ("root=UUID=" + disk.rootUuid().orElseThrow() + " " + config.kernelAppendParams()).strip();
        String identity = String.join(
                "\n",
                List.of(
                        FORMAT,
                        installation.toString(),
                        node.instanceInfo().text("image_source").orElse(""),
                        disk.imageSha256(),
                        identity(kernel),
                        identity(ramdisk),
                        parameters,
                        new BootLoaders(config).identity()));
        return new BootIsoPlan("boot-" + hash(identity) + ".iso", kernel, ramdisk, parameters);
    }

    private ImageMetadata image(Node node) {
        return metadata(node.instanceInfo()
                .text("image_source")
                .orElseThrow(() -> Trouble.deploy("The node has no image", "Set instance_info/image_source.")));
    }

    private ImageMetadata metadata(String reference) {
        try {
            return iscsi.sources().of(reference).metadata(reference);
        } catch (IOException e) {
            throw Trouble.fetching("What is known of " + IsoUrls.shown(reference), e);
        }
    }

    private void checkSource(Node node, Part part, String reference, Findings findings) {
        try {
            ImageSource source = iscsi.sources().of(reference);
            if (source.needsChecksum() && !node.instanceInfo().has(part.checksumKey())) {
                findings.missing("instance_info/" + part.checksumKey(), "Files from web servers need one.");
            }
            if (!source.needsChecksum() && source.metadata(reference).size().equals(OptionalLong.of(0))) {
                findings.invalid(part.field(node.instanceInfo()), "cannot be used: " + reference + " has 0 bytes.");
            }
        } catch (NodeFault e) {
            findings.invalid(part.field(node.instanceInfo()), "cannot be used: " + e.inPlainWords());
        } catch (IOException e) {
            findings.invalid(part.field(node.instanceInfo()), "cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Checksum> checksum(Node node, Part part, Findings findings) {
        String key = part.checksumKey();
        try {
            return node.instanceInfo().text(key).map(Checksum::parse);
        } catch (IllegalArgumentException e) {
            findings.invalid("instance_info/" + key, "is no checksum: " + e.getMessage());
            return Optional.empty();
        }
    }

    private ImageRequest request(Node node, ImageMetadata image, Part part) {
        Findings findings = new Findings();
        ImageRequest request = ImageRequest.of(part.reference(node.instanceInfo(), Optional.of(image))
                .orElseThrow(() -> Trouble.deploy(
                        "There is no boot ISO for the instance, and no " + part.key + " to make one of",
                        "Set " + part.field() + ", the image property " + part.imageProperty
                                + ", or instance_info/ilo_boot_iso.")));
        Optional<Checksum> checksum = checksum(node, part, findings);
        checkSource(node, part, request.reference(), findings);
        findings.throwIfAny();
        return checksum.map(request::withChecksum).orElse(request);
    }

    /** The reference, and whatever the source says that would change with the bytes behind it. */
    private String identity(ImageRequest request) {
        ImageMetadata metadata = metadata(request.reference());
        Optional<Checksum> checksum = request.checksum().or(metadata::checksum);
        return request.reference() + " " + checksum + " " + metadata.size() + " "
                + metadata.properties().getOrDefault("version", "") + " "
                + (checksum.isPresent() ? "" : metadata.properties().getOrDefault("updated_at", ""));
    }

    private static String hash(String identity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
