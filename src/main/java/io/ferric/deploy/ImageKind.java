package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether an image is that of a whole disk or of a root file system alone. {@code image_type} decides; else whatever an
 * instance without a boot loader of its own would boot with (kernel, ramdisk, boot ISO), on the node or with the image,
 * makes it a root file system. Source: Ironic's is_whole_disk_image and image_type.
 */
final class ImageKind {
    private static final String FIELD = "image_type";
    private static final String WHOLE_DISK = "whole-disk";
    private static final String PARTITION = "partition";

    private static final List<String> BOOT_ISO = List.of("ilo_boot_iso", "boot_iso");
    private static final List<String> OF_IMAGE = List.of("kernel_id", "ramdisk_id", "boot_iso");

    private ImageKind() {}

    /** Empty when it cannot be told, which is noted; the image is asked only when the node does not decide. */
    static Optional<Boolean> isWholeDisk(Node node, ImageFacts facts, Findings findings) {
        Optional<String> type = node.instanceInfo().text(FIELD).map(text -> text.toLowerCase(Locale.ROOT));
        if (type.isPresent()) {
            return declared(type.get(), findings);
        }
        if (bootsWithoutLoader(node) || !node.instanceInfo().has("image_source")) {
            return Optional.of(false);
        }
        try {
            ImageMetadata image =
                    facts.of(node.instanceInfo().text("image_source").orElseThrow());
            return Optional.of(OF_IMAGE.stream()
                    .map(key -> image.properties().getOrDefault(key, ""))
                    .allMatch(String::isBlank));
        } catch (InvalidRequest e) {
            findings.add("instance_info/image_source", e);
            return Optional.empty();
        } catch (NodeFault e) {
            findings.invalid("instance_info/image_source", "cannot be used. " + e.inPlainWords());
            return Optional.empty();
        }
    }

    private static Optional<Boolean> declared(String type, Findings findings) {
        if (!type.equals(WHOLE_DISK) && !type.equals(PARTITION)) {
            findings.invalid(
                    "instance_info/" + FIELD,
                    "is " + Faults.foreign(type) + "; it can be " + WHOLE_DISK + " or " + PARTITION + ".");
            return Optional.empty();
        }
        return Optional.of(type.equals(WHOLE_DISK));
    }

    private static boolean bootsWithoutLoader(Node node) {
        Object recorded = node.status().internalInfo().get(InstanceBoot.RECORDED_BOOT_ISO);
        Stream<String> bootIsos = BOOT_ISO.stream()
                .flatMap(key -> node.instanceInfo().text(key).stream())
                .filter(Predicate.not(reference -> reference.equals(recorded)));
        return bootIsos.findAny().isPresent()
                || node.instanceInfo().has("kernel")
                || node.instanceInfo().has("ramdisk");
    }
}
